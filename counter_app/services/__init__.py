"""Use-cases, one public function a file: the only writers. queries/ reads."""
