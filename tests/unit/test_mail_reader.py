"""The reader of mails: nothing is lost, garbled or refused, whatever comes."""

import base64
import importlib.resources
import os
import quopri
import random
import struct

import mail_reader
import pytest
from mail_reader import characters, markup, winmail

WORDS = (
    "Blåbær på Åsen kostet 500 kr",
    "Øvre Ærlighet – „sitat” og “mer” €",
    "Smörgåsbord är gott, sa Åke",
    "Jeg klager på maten som er kald",
    "naïve façade",
)
# How a text is written, and what the mail calls that.
WRITTEN = ("utf-8", "latin-1", "cp1252", "iso-8859-15", "utf-8-sig")
CALLED = (
    None,
    "utf-8",
    "us-ascii",
    "iso-8859-1",
    "windows-1252",
    "ansi",
    "x-unknown",
    "default",
    "unknown-8bit",
    "utf8mb4",
    "hex",
    "idna",
    "unicode_escape",
    "",
)
ENCODINGS = ("7bit", "8bit", "binary", "base64", "quoted-printable", "x-odd")
SHAPES = ("plain", "html", "alternative", "mixed", "related", "nested", "attached")
HOW_MANY = 20_000 if os.environ.get("KLAGE_PROVE") else 2_000
PIXEL = base64.b64encode(b"\x89PNG\r\n\x1a\nnot quite").decode()


def pack(raw, encoding):
    if encoding == "base64":
        return base64.encodebytes(raw)
    if encoding == "quoted-printable":
        return quopri.encodestring(raw)
    return raw


def part(kind, raw, charset, encoding, disposition=""):
    called = f'; charset="{charset}"' if charset is not None else ""
    head = f"Content-Type: {kind}{called}\nContent-Transfer-Encoding: {encoding}\n"
    return head.encode() + disposition.encode() + b"\n" + pack(raw, encoding)


def joined(kind, parts):
    mark = f"b{random.random()}"
    body = b"".join(b"--" + mark.encode() + b"\n" + one + b"\n" for one in parts)
    head = f'Content-Type: multipart/{kind}; boundary="{mark}"\n\n'.encode()
    return head + body + b"--" + mark.encode() + b"--\n"


def shaped(shape, text, written, charset, encoding):
    def words(kind="text/plain", said=text):
        return part(kind, said.encode(written), charset, encoding)

    page = words("text/html", f"<html><body><p>{text}</p></body></html>")
    file = part(
        "application/octet-stream",
        b"\x00\x01file",
        None,
        "base64",
        'Content-Disposition: attachment; filename="a.bin"\n',
    )
    return {
        "plain": words,
        "html": lambda: page,
        "alternative": lambda: joined("alternative", [words(), page]),
        "mixed": lambda: joined("mixed", [words(), file]),
        "related": lambda: joined("related", [page, file]),
        "nested": lambda: joined(
            "mixed", [joined("alternative", [words(), page]), file]
        ),
        "attached": lambda: joined("mixed", [file, words()]),
    }[shape]()


def mail(body, subject="Klage", sender="Kari <kari@example.com>", extra=""):
    head = f"From: {sender}\nTo: klage@example.org\nSubject: {subject}\n{extra}"
    head += "Message-Id: <1@example.com>\nMIME-Version: 1.0\n"
    return head.encode() + body


def test_generated_mails_are_read_whole():
    dice = random.Random(2026)
    for number in range(HOW_MANY):
        text, written = dice.choice(WORDS), dice.choice(WRITTEN)
        try:
            text.encode(written)
        except UnicodeEncodeError:
            written = "cp1252"
        called, encoding = dice.choice(CALLED), dice.choice(ENCODINGS)
        if written == "iso-8859-15" and "€" in text:
            called = "iso-8859-15"
        shape = dice.choice(SHAPES)
        read = mail_reader.read(mail(shaped(shape, text, written, called, encoding)))
        case = (number, written, called, encoding, shape)
        assert text in read.text, (case, read.text)
        has_file = shape in ("mixed", "related", "nested", "attached")
        assert [file.name for file in read.files] == ["a.bin"] * has_file, case
        if has_file:
            assert read.files[0].content == b"\x00\x01file", case


@pytest.mark.parametrize("written", ["utf-8", "latin-1"])
@pytest.mark.parametrize("called", CALLED)
def test_heads_are_read_whole(written, called):
    subject = "Klage på blåbær"
    raw = mail(b"\n\nhei").replace(
        b"Subject: Klage", b"Subject: " + subject.encode(written)
    )
    raw = raw.replace(b"From: Kari", "From: Kåre Ås".encode(written))
    read = mail_reader.read(raw)
    assert read.subject == subject
    assert (read.name, read.address) == ("Kåre Ås", "kari@example.com")
    if called and characters.codec_of(called) != "utf-8":
        return
    word = base64.b64encode(subject.encode(written)).decode()
    called = called or "x-odd"
    raw = mail(b"\n\nhei", subject=f"=?{called}?B?{word}?=")
    assert mail_reader.read(raw).subject == subject


def test_words_of_several_lines_are_joined_whole():
    halves = (
        "Klage på blåb".encode()[:-1],
        "Klage på blåb".encode()[-1:] + "ær".encode(),
    )
    words = "\n ".join(
        f"=?utf-8?B?{base64.b64encode(half).decode()}?=" for half in halves
    )
    assert (
        mail_reader.read(mail(b"\n\nhei", subject=words)).subject == "Klage på blåbær"
    )


@pytest.mark.parametrize(
    "subject",
    [
        "=?utf-8?B?%%%?=",
        "=?utf-8?Q?=ZZ?=",
        "=?x?B?a?=",
        "=?utf-8?B?YQ",
        "=?",
        "\x00\x01",
    ],
)
def test_broken_words_of_the_head_refuse_nothing(subject):
    assert "hei" in mail_reader.read(mail(b"\n\nhei", subject=subject)).text


def test_old_spelling_of_the_head():
    raw = b"Subject     : Klage\nTo: a@example.org\n\nhei\n"
    read = mail_reader.read(raw)
    assert (read.subject, read.receivers) == ("Klage", ["a@example.org"])
    assert read.text == "hei"


def test_no_sign_is_lost_that_can_be_read():
    for raw in (bytes(range(1, 256)), b"\xe5\xff\xfe\x81", "Blåbær €".encode("cp1252")):
        for called in CALLED:
            text = characters.decode(raw, called)
            assert "\N{REPLACEMENT CHARACTER}" not in text, (raw, called)
            assert "\0" not in text
    assert (
        characters.decode("Blåbær – €".encode("cp1252"), "iso-8859-1") == "Blåbær – €"
    )
    assert characters.decode("жалоба".encode("koi8-r"), "koi8-r") == "жалоба"
    assert characters.decode("苦情です".encode("shift_jis"), "shift_jis") == "苦情です"
    assert characters.decode("Č́ábe".encode("utf-16")) == "Č́ábe"


# HTML


@pytest.mark.parametrize(
    ("page", "told"),
    [
        (
            '<p>Se <a href="https://example.com/album/42">her</a>.</p>',
            "example.com/album/42",
        ),
        ('<a href="https://example.com/">example.com</a>', "example.com"),
        ('<a href="mailto:ola@example.com">Ola</a>', "(mailto:ola@example.com)"),
        ("<ul><li>kald</li><li>sen</li></ul>", "- kald\n- sen"),
        ("<ol><li>kald<li>sen</ol>", "1. kald\n2. sen"),
        ("<table><tr><td>a<td>b<tr><td>c<td>d</table>", "a | b\nc | d"),
        ("<blockquote>sagt<br>før</blockquote>svar", "> sagt\n> før\n\nsvar"),
        ("<pre>to  rom\n  inn</pre>", "to  rom\n  inn"),
        ("<div>en<br/>to<div>tre</div>fire</div>", "en\nto\ntre\nfire"),
        ("a &lt;b&gt; &amp;nbsp; c&nbsp;d", "a <b> &nbsp; c\xa0d"),
        ("<p>uten <b>slutt", "uten slutt"),
        ('<img src="cid:1" alt="et bilde">', "[et bilde]"),
        ('<img src="https://example.com/a.png">', "(https://example.com/a.png)"),
    ],
)
def test_a_page_is_read_whole(page, told):
    assert told in markup.to_text(page)[0]


def test_a_page_loses_its_styles_and_programs_only():
    text, _pictures = markup.to_text(
        "<div><style>p {margin:0}</style><script>x()</script><!-- y --><p>Hei</p></div>"
    )
    assert text == "Hei"


def test_pictures_within_a_page_are_files():
    body = part(
        "text/html",
        f'<img src="data:image/png;base64,{PIXEL}">'.encode(),
        "utf-8",
        "8bit",
    )
    (file,) = mail_reader.read(mail(body)).files
    assert (file.name, file.content) == ("picture-1.png", base64.b64decode(PIXEL))


def test_a_deep_page_is_read():
    text, _pictures = markup.to_text("<div>" * 5000 + "dypt" + "</div>" * 5000)
    assert "dypt" in text


# Files


@pytest.mark.parametrize(
    "kind", ["model/step", "document/pdf", "font/ttf", "x/y", "odd"]
)
def test_a_part_without_name_is_a_file(kind):
    body = joined(
        "mixed",
        [
            part("text/plain", b"hei", "utf-8", "7bit"),
            part(kind, b"\x00%PDF", None, "base64"),
        ],
    )
    (file,) = mail_reader.read(mail(body)).files
    assert file.content == b"\x00%PDF"
    assert file.name.startswith("file.")


def test_a_text_file_is_kept_byte_for_byte():
    raw = "Navn;Sum\r\nÅse;1\n".encode("latin-1")
    name = 'Content-Disposition: attachment; filename="t.csv"\n'
    body = joined("mixed", [part("text/csv", raw, None, "base64", name)])
    assert mail_reader.read(mail(body)).files == [("t.csv", raw)]


def test_a_mail_within_a_mail_is_a_file_one_can_read():
    inner = mail(part("text/plain", "Blåbær".encode(), "utf-8", "8bit"), subject="Inni")
    body = joined(
        "mixed",
        [
            part("text/plain", b"hei", "utf-8", "7bit"),
            b"Content-Type: message/rfc822\n\n" + inner,
        ],
    )
    read = mail_reader.read(mail(body))
    (file,) = read.files
    assert (read.text, file.name) == ("hei", "Inni.txt")
    assert file.content.decode().splitlines() == [
        "From: Kari <kari@example.com>",
        "To: klage@example.org",
        "Subject: Inni",
        "",
        "Blåbær",
    ]


def test_parts_too_deep_are_a_file():
    body = part("text/plain", b"dypt", "utf-8", "7bit")
    for _level in range(40):
        body = joined("mixed", [body])
    (file,) = mail_reader.read(mail(body)).files
    assert b"dypt" in file.content


def packed_by_outlook(text):
    def attribute(id_, data):
        size = struct.pack("<II", id_, len(data))
        return b"\1" + size + data + struct.pack("<H", sum(data) % 65536)

    head = struct.pack("<IH", 0x223E9F78, 1)
    version = attribute(0x00089006, struct.pack("<I", 0x10000))
    return head + version + attribute(0x0002800C, text + b"\0")


def test_what_outlook_packed_is_unpacked():
    if not winmail.TNEF:
        pytest.skip("tnefparse is not installed")
    body = part(
        "application/ms-tnef", packed_by_outlook(b"Maten er kald."), None, "base64"
    )
    assert mail_reader.read(mail(body)).text == "Maten er kald."


@pytest.mark.parametrize("raw", [b"", b"x", packed_by_outlook(b"x")[:20]])
def test_what_cannot_be_unpacked_is_kept(raw):
    body = part("application/ms-tnef", raw, None, "base64")
    assert [file.content for file in mail_reader.read(mail(body)).files] == [raw]


# What it is


@pytest.mark.parametrize(
    ("head", "subject"),
    [
        ("Auto-Submitted: auto-replied\n", "x"),
        ("Auto-Submitted: auto-generated (rejected)\n", "x"),
        ("Precedence: bulk\n", "x"),
        ("X-Auto-Response-Suppress: All\n", "x"),
        ("Return-Path: <>\n", "x"),
        ("", "Automatic reply: Klage"),
        ("", "Automatisk svar: Klage"),
        ("", "Fraværsmelding"),
        ("", "Frånvaromeddelande: tillbaka måndag"),
        ("", "Autosvar: Re: Klage"),
    ],
)
def test_what_a_program_wrote_is_known(head, subject):
    assert mail_reader.read(mail(b"\n\nx", subject, extra=head)).is_automatic


@pytest.mark.parametrize(
    ("head", "subject"),
    [
        ("Auto-Submitted: no\n", "Klage"),
        ("Precedence: first-class\n", "Klage"),
        ("Return-Path: <kari@example.com>\n", "Re: Automatic reply"),
        ("", "Klage på automatisk svar"),
        ("", "Fraværet til sønnen min"),
    ],
)
def test_what_a_person_wrote_is_known(head, subject):
    assert not mail_reader.read(mail(b"\n\nx", subject, extra=head)).is_automatic


def report(action, status, ids="Message-ID: <9@us>"):
    said = "Content-Type: message/delivery-status\n\nReporting-MTA: dns; mx\n\n"
    said += f"Action: {action}\nStatus: {status}\n"
    body = joined(
        "report; report-type=delivery-status",
        [
            b"Content-Type: text/plain\n\nx",
            said.encode(),
            f"Content-Type: text/rfc822-headers\n\n{ids}\n".encode(),
        ],
    )
    return mail_reader.read(mail(body)).report


@pytest.mark.parametrize(
    ("action", "status", "outcome"),
    [
        ("failed", "5.1.1", "failed"),
        ("failed", "4.4.7", "delayed"),
        ("delayed", "4.4.1", "delayed"),
        ("delivered", "2.0.0", "delivered"),
        ("relayed", "2.0.0", "delivered"),
    ],
)
def test_reports_are_read_by_what_they_say(action, status, outcome):
    assert report(action, status) == (outcome, ["<9@us>"])


def test_a_mail_is_no_report():
    assert mail_reader.read(mail(b"\n\nx")).report is None


def test_receivers_stand_in_many_places():
    for name in ("X-Original-To", "Envelope-To", "Delivered-To", "Cc", "Bcc"):
        raw = mail(b"\n\nx", extra=f"{name}: <Klage+t0ken@Example.ORG>\n")
        assert "klage+t0ken@example.org" in mail_reader.read(raw).receivers


@pytest.mark.parametrize(
    ("stamp", "told"),
    [
        ("Thu, 26 Nov 2026 10:00:00 +0100", "2026-11-26 09:00:00"),
        ("no date", "None"),
        ("Thu, 99 Nov 2026 10:00:00 +9999", "None"),
    ],
)
def test_receipt_is_when_our_server_got_it(stamp, told):
    lines = f"Received: from a by mx.example.org; {stamp}\n"
    lines += "Received: from b by a; Thu, 1 Jan 2026 10:00:00 +0000\n"
    assert str(mail_reader.read(lines.encode() + mail(b"\n\nx")).received_at) == told


# Whatever comes


def corpus():
    """Return the mails that Python's own tests hold; Debian ships Python without."""
    try:
        folder = importlib.resources.files("test.test_email") / "data"
    except ModuleNotFoundError:
        return []
    return sorted(path for path in folder.iterdir() if path.name.endswith(".txt"))


@pytest.mark.parametrize("path", corpus(), ids=lambda path: path.name)
def test_public_corpus_is_read(path):
    raw = path.read_bytes()
    read = mail_reader.read(raw)
    assert isinstance(read.text, str)
    assert all(isinstance(file.content, bytes) for file in read.files)


def test_noise_is_read():
    dice = random.Random(7)
    whole = [path.read_bytes() for path in corpus()]
    whole += [
        mail(shaped(shape, WORDS[0], "utf-8", "utf-8", encoding))
        for shape in SHAPES
        for encoding in ENCODINGS
    ]
    for _number in range(300):
        raw = bytearray(dice.choice(whole))
        for _fault in range(dice.randrange(1, 40)):
            raw[dice.randrange(len(raw))] = dice.randrange(256)
        mail_reader.read(bytes(raw[: dice.randrange(len(raw))]))


def test_nothing_at_all_is_read():
    for raw in (
        b"",
        b"\n",
        b"\0",
        b"\n\n\n",
        b":",
        b"From: \n\n",
        b"Content-Type: ;;\n\n",
    ):
        mail_reader.read(raw)
