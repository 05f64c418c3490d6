"""A client that does not play by the browser's rules: it asks for a page over the websocket, before anything else."""

from __future__ import annotations

import hashlib
from urllib.parse import urlsplit

from streamlit.proto.BackMsg_pb2 import BackMsg
from streamlit.proto.ForwardMsg_pb2 import ForwardMsg
from websockets.sync.client import connect

from config.settings import ROOT


def asked_for(url: str, page: str, query: str = "") -> str:
    """Return everything that the app sends to a new session that asks for ``page``, as text."""
    said = []
    # By its name, and by the hash under which Streamlit would find a file of a pages/ folder.
    path = ROOT / "pages" / f"{page}.py"
    for page_hash in ("", hashlib.md5(str(path).encode(), usedforsecurity=False).hexdigest()):
        address = f"ws://{urlsplit(url).netloc}/_stcore/stream"
        with connect(address, subprotocols=["streamlit"], origin=url, max_size=None) as socket:
            ask = BackMsg()
            ask.rerun_script.page_name = page
            ask.rerun_script.page_script_hash = page_hash
            ask.rerun_script.query_string = query
            socket.send(ask.SerializeToString())
            while True:
                answer = ForwardMsg.FromString(socket.recv(timeout=60))
                said.append(str(answer))
                if answer.WhichOneof("type") == "script_finished":
                    break
    return "\n".join(said)
