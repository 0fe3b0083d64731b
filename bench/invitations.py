"""`python -m bench.invitations`: ten thousand invitations in one go, from the button to the mail server, in a test
database. Handing over stands beside a bare loop of smtplib with the same messages, in turns within one run.
"""

import os
import smtplib
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import timedelta
from functools import partial

import django

from bench.figures import tell, tell_heading, timed
from bench.server import free_port
from embedded.home import ROOT

PEOPLE, TURN, WORKERS = 10_000, 500, 2
SENDER = "portal@example.org"


def main() -> None:
    django.setup()
    from bench.registrations import events, people
    from stakeholders.domain.writing import write_due

    tell_heading("Einladungen")
    people(PEOPLE, "einladung")
    [event] = events(1)
    tell("Entwurf und Knopf »Senden«", f"{timed(lambda: press_the_button(event)):.1f} s")
    seconds = timed(write_due)
    tell("Texte schreiben, ein Prozess", f"{PEOPLE / seconds:.0f}/s")
    with mail_sink() as port:
        drain(port)


def press_the_button(event: str) -> None:
    """Everybody in one wave, drafted and sent."""
    from stakeholders.models import Stakeholder
    from workshops.domain.wave import draft_wave, send_wave
    from workshops.models import Workshop

    office = Stakeholder.objects.filter(role=Stakeholder.Role.PROJECT_OFFICE)[0]
    workshop = Workshop.objects.get(slug=event)
    people = Stakeholder.objects.filter(email__startswith="einladung-")
    wave = draft_wave(workshop=workshop, people=people, actor=office)
    send_wave(wave=wave, actor=office)


def drain(port: int) -> None:
    """Turn by turn so many messages by the bare loop and then the same messages out of the outbox."""
    from django.utils import timezone

    from stakeholders.domain.mime import as_mime
    from stakeholders.models import OutgoingMail

    mails = OutgoingMail.objects.filter(kind="invitation")
    mails.update(due_at=timezone.now() + timedelta(days=1))
    OutgoingMail.objects.exclude(kind="invitation").update(state=OutgoingMail.State.CANCELLED)
    numbers = list(mails.order_by("pk").values_list("pk", flat=True))
    bare = ours = 0.0
    with workers(port) as both:
        for start in range(0, len(numbers), TURN):
            turn = mails.filter(pk__in=numbers[start : start + TURN])
            ready = [(mail.recipient, as_mime(mail).as_bytes()) for mail in turn]
            bare += timed(partial(send_bare, port, ready))
            turn.update(due_at=timezone.now())
            ours += timed(partial(empty_outbox, both))
    sent = mails.filter(state=OutgoingMail.State.SENT).count()
    tell(f"{PEOPLE} übergeben, jede einmal", "ja" if sent == PEOPLE else f"{sent}", sent == PEOPLE)
    tell("bloße Schleife mit smtplib, eine Verbindung", f"{PEOPLE / bare:.0f}/s")
    tell(f"Postausgang, {WORKERS} Prozesse wie im Betrieb", f"{PEOPLE / ours:.0f}/s")
    tell("  Anteil", f"{bare / ours:.2f}", bare / ours >= 0.5)


@contextmanager
def workers(port: int) -> Iterator[list["subprocess.Popen[str]"]]:
    """As many as the portal starts."""
    env = os.environ | {"EMAIL_URL": f"smtp://127.0.0.1:{port}", "LOG_LEVEL": "WARNING"}
    command = [sys.executable, "-m", "bench.mail_worker"]
    pipe = subprocess.PIPE
    both = [
        subprocess.Popen(command, cwd=ROOT, env=env, text=True, stdin=pipe, stdout=pipe) for _number in range(WORKERS)
    ]
    try:
        for worker in both:
            answer_of(worker)
        yield both
    finally:
        for worker in both:
            worker.terminate()
            worker.wait()


def empty_outbox(both: list["subprocess.Popen[str]"]) -> None:
    for worker in both:
        print("empty", file=worker.stdin, flush=True)
    for worker in both:
        answer_of(worker)


def answer_of(worker: "subprocess.Popen[str]") -> str:
    """Its next line that is not one of the log."""
    for line in worker.stdout or ():
        if not line.startswith("timestamp="):
            return line
    raise RuntimeError("A worker has stopped.")


def send_bare(port: int, messages: list[tuple[str, bytes]]) -> None:
    with smtplib.SMTP("127.0.0.1", port) as connection:
        for recipient, content in messages:
            connection.sendmail(SENDER, [recipient], content)


@contextmanager
def mail_sink() -> Iterator[int]:
    port = free_port()
    command = [sys.executable, "-m", "bench.mail_sink", str(port)]
    with subprocess.Popen(command, cwd=ROOT, stdout=subprocess.PIPE) as sink:
        try:
            if sink.stdout:
                sink.stdout.readline()
            yield port
        finally:
            sink.terminate()


if __name__ == "__main__":
    main()
