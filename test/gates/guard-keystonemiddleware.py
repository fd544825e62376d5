"""The real keystonemiddleware, before an application that tells which headers reached it.

Reads a list of configurations from GUARDS, and prints the port of each.
"""

import json
import os
import sys
import threading
from wsgiref.simple_server import WSGIRequestHandler, make_server

from keystonemiddleware import auth_token
from oslo_config import cfg


class Silent(WSGIRequestHandler):
    def log_message(self, *args):
        pass


def tell(environ, start_response):
    headers = {
        name[5:].replace("_", "-").lower(): value
        for name, value in environ.items()
        if name.startswith("HTTP_") and isinstance(value, str)
    }
    start_response("200 OK", [("Content-Type", "application/json")])
    return [json.dumps(headers).encode()]


cfg.CONF([], project="guard", default_config_files=[], default_config_dirs=[])
ports = []
for conf in json.loads(os.environ["GUARDS"]):
    guard = auth_token.AuthProtocol(tell, conf)
    server = make_server("127.0.0.1", 0, guard, handler_class=Silent)
    threading.Thread(target=server.serve_forever, daemon=True).start()
    ports.append(server.server_port)
print(json.dumps(ports), flush=True)
# It ends with who started it.
sys.stdin.read()
