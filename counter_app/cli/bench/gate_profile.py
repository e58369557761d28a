"""An enrolled profile in front of its log-in screen; its databases are not there yet."""

import secrets
from pathlib import Path

from counter_app.services.read_identity import StoredIdentity, save_identity
from counter_app.store import key_slots, profile
from counter_app.wire import keys
from counter_app.wire.messages import StationFacts

CLERKS = (("0312", "李敏"), ("0315", "周建国"), ("0318", "陈晓燕"))


def make_gate(folder: Path, passphrase: str) -> Path:
    """Three clerks of the invented station who could log in here."""
    folder.mkdir(parents=True, exist_ok=True)
    signing = keys.new_signing_key()
    secret = {
        "device_secret": secrets.token_hex(32),
        "sign_private": signing.hex(),
        "seal_private": keys.new_sealing_key().hex(),
    }
    profile.save(folder, profile.KEYS, {**secret})
    save_identity(
        folder,
        StoredIdentity(
            dev="990101104000-A",
            letter="A",
            station=StationFacts(
                code="990101104000",
                name="示范县青禾镇便民服务中心",
                phone="0000-1234567",
                hours="周一至周五 8:30–17:30",
                county="示范县医保中心",
                county_phone="0000-7654321",
                window="1号窗口",
            ),
            scopes=("990101104",),
            cert_text="{}",
            cert_sig="",
            centre_sign_key=keys.text(keys.signing_public(signing)),
            centre_url="",
            ca_pem="",
        ),
    )
    data_key = secrets.token_bytes(32)
    for clerk, name in CLERKS:
        key_slots.put(folder, key_slots.Slot(clerk, name, ("accept",), 0, 0), passphrase, data_key)
    return folder
