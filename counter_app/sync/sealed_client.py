"""The calls about sealed entries: bringing one, and the key that signs while nobody has logged in."""

import msgspec

from counter_app.sync.client import BASE, Client, app_version
from counter_app.sync.transport import Call, decode
from counter_app.wire import request_signature
from counter_app.wire.messages import OpsReply, SendKeyReply, SendKeyRequest, Sent


class SealedClient(Client):
    """A conversation about sealed entries; use it in a `with`."""

    def courier(self, bundle: bytes) -> OpsReply:
        """Bring a sealed bundle; it proves itself whose it is, so the call is not signed."""
        headers = {
            request_signature.APP: app_version(),
            request_signature.DIGEST: request_signature.digest(bundle),
            "Content-Type": "application/octet-stream",
        }
        answer = self._transport.send(Call("POST", f"{BASE}/courier", headers, bundle))
        reply = decode(answer.body, OpsReply)
        self.learn(reply.time_ms)
        return reply

    def certify_send_key(self, request: SendKeyRequest) -> SendKeyReply:
        """The centre's word for this PC's sending key."""
        body = msgspec.json.encode(request)
        return decode(self._signed("POST", "/send-key", body).body, SendKeyReply)

    def sent(self) -> Sent:
        """Time and epoch; the door's key is the sending key."""
        sent = decode(self._signed("GET", "/sent").body, Sent)
        self.learn(sent.time_ms)
        return sent
