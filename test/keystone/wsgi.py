"""What gunicorn runs: Keystone or Placement, behind a recorder of the requests that arrive."""

import os
import sys
import threading

from oslo_cache.backends.dictionary import DictCacheBackend
from oslo_context.context import RequestContext
from oslo_db.sqlalchemy import engines
from oslo_log import log

# oslo.config would take gunicorn's arguments for its own, and end the worker.
sys.argv = sys.argv[:1]

# It would give logging the locks of eventlet, which some library has imported. Those are not for native
# threads: when two wanted one at once, the worker never answered again.
log._fix_eventlet_logging = lambda: None

# At each write, the cache in memory would look through all its entries for expired ones. There are none.
DictCacheBackend._clear = lambda self: None

# The database is on this machine, and restarted only together with Keystone. To ask it before each
# transaction whether it is still there takes time for nothing.
engines._connect_ping_listener = lambda connection, branch=None: None
engines._thread_yield = lambda connection, record: None

SERVICE = os.environ["SERVICE"]
LOG = os.open(os.environ["REQUEST_LOG"], os.O_WRONLY | os.O_CREAT | os.O_APPEND, 0o600)

# Our own polls, and Placement's questions about tokens: no client of the tests sent these.
INTERNAL = ("test-keystone", "keystonemiddleware", "python-keystoneclient")


def recorded(application):
    def record(environ, start_response):
        if not any(name in environ.get("HTTP_USER_AGENT", "") for name in INTERNAL):
            # One write of a line to a file open for appending: threads do not mix.
            line = "%s %s %s\n" % (environ["REQUEST_METHOD"], SERVICE, environ["RAW_URI"])
            os.write(LOG, line.encode("latin-1", "replace"))
        # Keystone keeps what it read in the request's context, and the context with the thread: the next
        # request there would check its token against the roles of a while ago.
        RequestContext()
        return application(environ, start_response)

    return record


if SERVICE == "keystone":
    from keystone.server.flask.request_processing.middleware import auth_context
    from keystone.server.wsgi import initialize_public_application as load

    # It keeps a request's token where all threads find it: of two requests at once, one would be
    # answered with the rights of the other. Operators run Keystone in processes instead.
    class Own(threading.local):
        token = None

    own = Own()
    auth_context.AuthContextMiddleware.token = property(
        lambda self: own.token, lambda self, token: setattr(own, "token", token)
    )
else:
    from placement.wsgi import init_application as load

application = recorded(load())
