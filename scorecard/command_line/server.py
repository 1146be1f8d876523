"""The server process behind `demo` and `serve`."""

from __future__ import annotations

import hashlib
import signal
import socket
import subprocess
import sys

from scorecard.workflow.settings import ROOT, Settings, environment_of


def is_free(address: str, port: int) -> bool:
    """Say whether nothing listens there yet."""
    family = socket.AF_INET6 if ":" in address else socket.AF_INET
    with socket.socket(family) as probe:
        probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            probe.bind((address, port))
        except OSError:
            return False
    return True


def run_server(settings: Settings, address: str, port: int) -> int:
    """Run the program until it is stopped and return its exit code."""
    options = {
        "server.address": address,
        "server.port": str(port),
        "server.headless": "true",
        "browser.gatherUsageStats": "false",
    }
    flags = [part for name, value in options.items() for part in (f"--{name}", value)]
    command = [sys.executable, "-m", "streamlit", "run", str(ROOT / "app.py"), *flags]
    environment = environment_of(settings)
    if settings.secret:
        signing = hashlib.sha256(f"streamlit {settings.secret}".encode()).hexdigest()
        environment["STREAMLIT_SERVER_COOKIE_SECRET"] = signing
    with subprocess.Popen(command, env=environment) as server:  # noqa: S603 - our own command
        signal.signal(signal.SIGTERM, lambda *_: server.terminate())
        try:
            return server.wait()
        except KeyboardInterrupt:
            return 0
