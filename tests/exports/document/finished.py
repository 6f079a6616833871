"""The sample learner's report, made once for all tests that read it, and the tools that read it."""

import shutil
import subprocess
from hashlib import sha256

from exports.document import report
from exports.making import proof
from exports.signing import certificates, signatures
from exports.typesetting import pdf
from tests.exports.samples.facts import FACTS, PICTURES
from tests.fixtures.once import once

PASSWORD = b"correct horse"


@once
def unsigned() -> bytes:
    """The report as typeset."""
    return pdf.typeset(report.render(FACTS), pictures=PICTURES, attachments=proof.attachments(FACTS))


@once
def key_file() -> bytes:
    """A key file of the centre."""
    return certificates.self_made(FACTS.centre.name, FACTS.centre.number, password=PASSWORD)


@once
def signed() -> bytes:
    """The report as it leaves the house."""
    return signatures.sign(unsigned(), signatures.opened(key_file(), PASSWORD)).content


def read_by(tool: str, *arguments: str) -> str:
    """What a tool says. A tool that is not installed is a failure, not a reason to skip."""
    path = shutil.which(tool)
    assert path, f"{tool} is not installed"
    return subprocess.run([path, *arguments], capture_output=True, text=True, check=True, timeout=60).stdout


def text_of(file) -> str:
    """The text of a PDF in the order of its content, white space made single."""
    return " ".join(read_by("pdftotext", "-raw", str(file), "-").split())


def digest(content: bytes) -> str:
    """SHA-256 in hexadecimal."""
    return sha256(content).hexdigest()
