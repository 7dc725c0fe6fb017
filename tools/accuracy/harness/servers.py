"""How each server is started on the measured application: its command line, and the version of it that is installed."""

import subprocess
import sys
from importlib.metadata import version
from pathlib import Path

HERE = Path(__file__).resolve().parent
BACKLOG = 1024
GUNICORN_CLASS = {"uvicorn": "uvicorn.workers.UvicornWorker"}
# mod_wsgi in daemon mode, Apache's own defaults otherwise.
APACHE = """
ServerRoot /usr/lib/apache2
ServerName localhost
ServerTokens Prod
Listen 127.0.0.1:{port}
PidFile {folder}/apache.pid
ErrorLog /dev/stderr
LogLevel crit
KeepAlive Off
User www-data
Group www-data
LoadModule mpm_event_module modules/mod_mpm_event.so
LoadModule authz_core_module modules/mod_authz_core.so
LoadModule wsgi_module modules/mod_wsgi.so
WSGISocketPrefix {folder}/wsgi
WSGIDaemonProcess app processes={workers} threads={threads} listen-backlog={backlog} python-path={here}
WSGICallableObject wsgi
WSGIScriptAlias / {here}/app.py process-group=app application-group=%{{GLOBAL}}
<Directory {here}>
Require all granted
</Directory>
"""


def server_of(case):
    return case.get("server", "gunicorn")


def version_of(server):
    if server == "uwsgi":
        return output("uwsgi", "--version").split("-")[0]
    if server == "mod_wsgi":
        return output("dpkg-query", "-W", "-f", "${Version}", "libapache2-mod-wsgi-py3").split("-")[0]
    return version(server)


def output(*command):
    return subprocess.run(command, capture_output=True, text=True, check=True).stdout.strip()


def command_of(case, port, folder):
    """The command that serves the case on this port."""
    return COMMANDS[server_of(case)](case, port, folder)


def gunicorn(case, port, _folder):
    command = [sys.executable, "-m", "gunicorn", "-k", GUNICORN_CLASS.get(case["class"], case["class"]),
               "-w", case["workers"], "-b", f"127.0.0.1:{port}", "--log-level", "error", "--timeout", 120]
    if case["class"] == "gthread":
        command += ["--threads", case["threads"]]
    if "connections" in case:
        command += ["--worker-connections", case["connections"]]
    return command + ["app:asgi" if case["class"] in ("asgi", "uvicorn") else "app:wsgi"]


def uvicorn(case, port, _folder):
    loop = case.get("loop", "asyncio")
    return [sys.executable, "-m", "uvicorn", "app:asgi", "--host", "127.0.0.1", "--port", port, "--workers", case["workers"],
            "--backlog", BACKLOG, "--loop", loop, "--http", "httptools" if loop == "uvloop" else "h11",
            "--no-access-log", "--log-level", "error"]


def hypercorn(case, port, _folder):
    return [sys.executable, "-m", "hypercorn", "app:asgi", "--bind", f"127.0.0.1:{port}", "--workers", case["workers"],
            "--backlog", BACKLOG, "--worker-class", case.get("loop", "asyncio"), "--log-level", "error"]


def daphne(case, port, _folder):
    return [sys.executable, "-m", "daphne", "app:asgi", "--endpoint", f"tcp:port={port}:interface=127.0.0.1:backlog={BACKLOG}",
            "--verbosity", 0]


def uwsgi(case, port, _folder):
    lock = ["--thunder-lock"] if case.get("thunder_lock") else []
    return ["uwsgi", "--plugin", "python3", "--http-socket", f"127.0.0.1:{port}", "--master", "--processes", case["workers"],
            "--threads", case["threads"], "--enable-threads", "--listen", BACKLOG, "--module", "app:wsgi", "--need-app",
            "--die-on-term", "--disable-logging",
            "--logto", "/dev/null", *lock]


def waitress(case, port, _folder):
    return [sys.executable, "-m", "waitress", f"--listen=127.0.0.1:{port}", f"--threads={case['threads']}",
            f"--backlog={BACKLOG}", "app:wsgi"]


def mod_wsgi(case, port, folder):
    folder.chmod(0o755)  # Apache's processes give up root, and look for the daemons' socket there.
    configuration = folder / "apache.conf"
    configuration.write_text(APACHE.format(port=port, folder=folder, here=HERE, backlog=BACKLOG,
                                           workers=case["workers"], threads=case["threads"]))
    return ["apache2", "-f", configuration, "-DFOREGROUND"]


COMMANDS = {run.__name__: run for run in (gunicorn, uvicorn, hypercorn, daphne, uwsgi, waitress, mod_wsgi)}
