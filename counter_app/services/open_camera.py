"""The camera this profile looks through, started."""

from counter_app.devices.camera.port import Camera
from counter_app.services.context import Counter


def open_camera(counter: Counter) -> Camera:
    """Start a camera process, on a background lane; who opened it stops it.

    Raises:
        EnvironmentFault: no process or no memory to be had.
    """
    # the machinery of processes costs 30 ms to import: only who opens a camera pays
    from counter_app.devices.camera.camera_process import CameraProcess
    from counter_app.devices.camera.choose_camera import choose_camera

    choice = choose_camera(counter.profile, counter.identity.station.code)
    process = CameraProcess(choice)
    process.start()
    return process
