"""`storyloft serve`: web and worker as one family, started and stopped together.

The parent (1) has the data folder prepared by a child that ends, (2) meanwhile loads the program, so that the web
process it forks has it at once and shares its memory, (3) starts the worker, (4) runs the web server, and (5) ends
the worker with it. It never opens the database.
"""

from __future__ import annotations

import contextlib
import gc
import importlib
import os
import socket
import subprocess
import sys
import threading

import click

from storyloft import family, options
from storyloft.cli.frame import opened, plainly, storyloft


@storyloft.command()
@click.option("--host", help="The address to listen on (default 127.0.0.1).")
@click.option("--port", type=int, help="The port (default 8000).")
@plainly
def serve(host: str | None, port: int | None) -> None:
    """Serve the archive: pages and background work, until Ctrl+C.

    Prints the address and a link that signs the owner in, once.
    """
    for name, given in (("host", host), ("port", port)):
        if given is not None:
            os.environ[f"STORYLOFT_{name.upper()}"] = str(given)
    _check_port(options.value("host"), int(options.value("port")))
    family.lead()
    preparing = subprocess.Popen(_own_command("prepare"), stdout=subprocess.PIPE)
    _load_ahead()
    line = _told_by(preparing)
    worker = Worker()
    click.echo(line)
    try:
        _serve_pages()
    finally:
        worker.stop()


@storyloft.command(hidden=True)
@plainly
def prepare() -> None:
    """Make the data folder ready and print the line for the owner. A step of `serve`, in a process of its own."""
    opened()
    from storyloft.cli.preparing import line_for_the_owner, make_ready

    make_ready()
    click.echo(line_for_the_owner())


@storyloft.command()
@plainly
def link() -> None:
    """Print a fresh one-time sign-in link for the owner."""
    opened()
    from storyloft.cli.preparing import line_for_the_owner

    click.echo(line_for_the_owner())


@storyloft.command(hidden=True)
@plainly
def worker() -> None:
    """Do the background work. A part of `serve`; alone where web and worker run on several machines."""
    family.end_with_the_head()
    opened()
    from storyloft.cli.working import work

    work()


class Worker:
    """The worker process, started again when it ends unasked (a crash must not stop imports for good)."""

    def __init__(self) -> None:
        self._stopping = threading.Event()
        self._process = self._start()
        threading.Thread(target=self._mind, daemon=True).start()

    def stop(self) -> None:
        """End it: it finishes the step it is at, which is committed; the rest goes on at the next start."""
        self._stopping.set()
        self._process.terminate()
        try:
            self._process.wait(timeout=5)
        except subprocess.TimeoutExpired:
            self._process.kill()

    def _start(self) -> subprocess.Popen[bytes]:
        # A process group of its own: Ctrl+C reaches the parent alone, which then ends the worker in order.
        return subprocess.Popen(_own_command("worker"), start_new_session=True)

    def _mind(self) -> None:
        while not self._stopping.is_set():
            self._process.wait()
            if self._stopping.wait(1):
                return
            self._process = self._start()


def _serve_pages() -> None:
    from granian import Granian  # a step of `serve` only: the other commands start faster without it
    from granian.constants import Interfaces
    from granian.log import LogLevels

    # Granian forks the web process from this one and stops it on SIGINT and SIGTERM.
    Granian(
        target="storyloft.wsgi:application",
        address=options.value("host"),
        port=int(options.value("port")),
        interface=Interfaces.WSGI,
        workers=1,
        blocking_threads=4,
        backlog=512,
        log_level=LogLevels.error,
        respawn_failed_workers=True,
        process_name=None,
    ).serve()


def _load_ahead() -> None:
    """Load what the web process needs while the data folder is prepared. What is wrong with it, `prepare` says.

    Not at the very first start: the archive's key is made then, by one process alone.
    """
    if not (options.home() / "secret.key").exists():
        return
    with contextlib.suppress(Exception):
        os.environ.setdefault("DJANGO_SETTINGS_MODULE", "storyloft.settings")
        import django  # here and not above: the other commands start faster without it

        django.setup()
        importlib.import_module("storyloft.urls")
        # What is loaded here is never garbage: left alone by the collector, its memory stays shared with the child.
        gc.freeze()


def _told_by(child: subprocess.Popen[bytes]) -> str:
    told, _ = child.communicate()
    if child.returncode:
        raise click.ClickException("The archive could not be made ready; nothing was changed that cannot go on later.")
    return told.decode().strip()


def _own_command(*words: str) -> list[str]:
    return [sys.executable, "-m", "storyloft", *words]


def _check_port(host: str, port: int) -> None:
    """Say at once, in a sentence, that the port is taken; the server would say it with a traceback."""
    with contextlib.closing(socket.socket(socket.AF_INET6 if ":" in host else socket.AF_INET)) as probe:
        probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            probe.bind((host, port))
        except OSError as error:
            raise click.ClickException(
                f"Port {port} on {host} cannot be used ({error.strerror}). Another archive may be running; "
                f"try `storyloft serve --port {port + 1}`."
            ) from error
