"""The reader of mails: nothing is lost, garbled or refused, whatever comes."""

import base64
import importlib.resources
import os
import quopri
import random
import struct
import time

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


@pytest.mark.parametrize(
    ("sender", "read"),
    [
        ('"Hansen, Kari" <kari@example.com>', ("Hansen, Kari", "kari@example.com")),
        ("Hansen, Kari <kari@example.com>", ("Hansen, Kari", "kari@example.com")),
        (
            "Hansen, Kari (helse) <k@example.com>",
            ("Hansen, Kari (helse)", "k@example.com"),
        ),
        ("Kari <kari@example.com>, Per <per@example.com>", ("", "")),
        (
            "Kari, k@example.com <k@example.com>",
            ("Kari, k@example.com", "k@example.com"),
        ),
        ("<>", ("", "")),
        ("kari@", ("", "")),
    ],
)
def test_a_name_with_a_comma_is_one_person(sender, read):
    found = mail_reader.read(mail(b"\n\nx", sender=sender))
    assert (found.name, found.address) == read


@pytest.mark.parametrize("head", ["; boundary=b", ""])
def test_parts_without_a_line_between_are_one_text(head):
    body = f"Content-Type: multipart/mixed{head}\n\nThe soup is cold\n".encode()
    read = mail_reader.read(mail(body))
    assert (read.text, read.files) == ("The soup is cold", [])


@pytest.mark.parametrize(
    ("kind", "broken", "typed"),
    [
        ("flowed", "The soup \nis cold.\nYes", "The soup is cold.\nYes"),
        ("flowed; delsp=yes", "The so \nup", "The soup"),
        ("flowed", "Bye\n-- \nKari", "Bye\n-- \nKari"),
        ("flowed", "> The soup \nis cold", "> The soup \nis cold"),
        ("flowed", "So \n> The soup \n> is cold", "So \n> The soup \n> is cold"),
        ("flowed", "a\n From here", "a\nFrom here"),
        ("fixed", "The soup \nis cold", "The soup \nis cold"),
    ],
)
def test_lines_that_a_program_broke_are_joined(kind, broken, typed):
    head = f"Content-Type: text/plain; charset=utf-8; format={kind}\n\n"
    assert mail_reader.read(mail((head + broken).encode())).text == typed


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


@pytest.mark.parametrize(
    "page",
    [
        '<a href="data:application/pdf;base64,{0}">x</a>',
        '<object data="data:image/png;base64,{0}"></object>',
        '<table background="data:image/png;base64,{0}"><tr><td>x</table>',
        '<img srcset="data:image/png;base64,{0} 1x, y.png 2x">',
        "<div style=\"background:url('data:image/png;base64,{0}')\">x</div>",
    ],
)
def test_what_lies_within_a_page_is_a_file_wherever_it_stands(page):
    text, ((name, raw),) = markup.to_text(page.format(PIXEL))
    assert raw == base64.b64decode(PIXEL)
    assert name in text and PIXEL not in text


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


INVITATION = b"BEGIN:VCALENDAR\nSUMMARY:A meeting with many words\nEND:VCALENDAR\n"


def test_an_invitation_does_not_take_the_place_of_the_words():
    said = part("text/plain", b"Kom til meg.", "utf-8", "7bit")
    asked = part("text/calendar; method=REQUEST", INVITATION, "utf-8", "base64")
    for kind in ("alternative", "mixed"):
        read = mail_reader.read(mail(joined(kind, [said, asked])))
        assert read.text == "Kom til meg."
        assert [(one.name, one.content) for one in read.files] == [
            ("file.ics", INVITATION)
        ]
    read = mail_reader.read(mail(asked))
    assert (read.text, read.files[0].content) == ("", INVITATION)


def der(tag, content):
    size = len(content)
    if size < 0x80:
        return bytes([tag, size]) + content
    length = size.to_bytes(4, "big")
    return bytes([tag, 0x84]) + length + content


def enveloped(content, is_ber=False):
    """What a signed envelope looks like from outside, without its certificates."""
    if is_ber:
        pieces = b"".join(
            der(0x04, content[at : at + 10]) for at in range(0, len(content), 10)
        )
        octets = b"\x24\x80" + pieces + b"\0\0"
        inner = b"\x30\x80" + der(0x06, b"\x2a") + b"\xa0\x80" + octets
        return b"\x30\x80" + inner + b"\0\0" * 3
    inner = der(0x30, der(0x06, b"\x2a") + der(0xA0, der(0x04, content)))
    return der(0x30, der(0x06, b"\x2a") + der(0xA0, der(0x30, inner)))


@pytest.mark.parametrize("is_ber", [False, True])
def test_what_is_signed_is_read_and_kept(is_ber):
    inner = part("text/plain", "Blåbær".encode(), "utf-8", "base64")
    raw = enveloped(inner, is_ber)
    kind = 'application/pkcs7-mime; smime-type=signed-data; name="smime.p7m"'
    read = mail_reader.read(mail(part(kind, raw, None, "base64")))
    assert read.text == "Blåbær"
    assert [(one.name, one.content) for one in read.files] == [("smime.p7m", raw)]
    assert not read.is_encrypted


@pytest.mark.parametrize("raw", [b"", b"\x30\x84\xff", b"\x30\x82\x01\x00abc", b"x"])
def test_a_broken_envelope_is_kept(raw):
    read = mail_reader.read(mail(part("application/pkcs7-mime", raw, None, "base64")))
    assert [one.content for one in read.files] == ([raw] if raw else [])


def test_what_is_encrypted_is_kept_and_said():
    armour = b"-----BEGIN PGP MESSAGE-----\n\nhQEMA\n-----END PGP MESSAGE-----\n"
    locked = part("application/octet-stream", armour, None, "7bit")
    version = part("application/pgp-encrypted", b"Version: 1\n", None, "7bit")
    sealed = der(0x30, der(0x06, b"\x2a") + der(0x04, b"\x93" * 400))
    for body, is_readable in (
        (joined("encrypted", [version, locked]), False),
        (part("application/pkcs7-mime", sealed, None, "base64"), False),
        (part("text/plain", armour, "utf-8", "7bit"), False),
        (part("text/plain", b"Hei\n" + armour, "utf-8", "7bit"), True),
    ):
        read = mail_reader.read(mail(body))
        assert (read.is_encrypted, read.is_readable) == (True, is_readable)
        whole = read.text.encode() + b"".join(one.content for one in read.files)
        assert b"hQEMA" in whole or sealed in whole


def test_a_head_of_one_long_word_takes_no_time():
    raw = mail(b"\n\nhei", extra="To: " + "a" * 400_000 + "\nCc: kari@example.com\n")
    started = time.monotonic()
    assert "kari@example.com" in mail_reader.read(raw).receivers
    assert time.monotonic() - started < 5


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


TOLD = """From: {sender}
To: klage@example.org
Subject: {subject}
Content-Type: text/plain; charset=utf-8

{text}

Message-ID: <9@us>
"""
POSTFIX = "MAILER-DAEMON@mx.example.com"
EXCHANGE = "Microsoft Outlook <postmaster@example.com>"


@pytest.mark.parametrize(
    ("sender", "subject", "text", "outcome"),
    [
        (POSTFIX, "Undelivered Mail Returned to Sender", "550 5.1.1 x", "failed"),
        (POSTFIX, "Delayed Mail (still being retried)", "4.4.1 x", "delayed"),
        (POSTFIX, "failure notice", "I give up: 550 no mailbox", "failed"),
        (POSTFIX, "Mail delivery failed: returning message to sender", "x", "failed"),
        (POSTFIX, "Warning: message 1abc delayed 24 hours", "x", "delayed"),
        (POSTFIX, "Delivery Status Notification (Failure)", "x", "failed"),
        (POSTFIX, "Delivery Status Notification (Delay)", "x", "delayed"),
        (POSTFIX, "Undelivered Mail Returned to Sender", "452 4.2.2 full", "delayed"),
        (EXCHANGE, "Undeliverable: There is news", "x", "failed"),
        (EXCHANGE, "Delivery delayed: There is news", "x", "delayed"),
        (EXCHANGE, "Kan ikke leveres: Det er nytt", "x", "failed"),
        (EXCHANGE, "Levering forsinket: Det er nytt", "x", "delayed"),
        (EXCHANGE, "Kan inte levereras: Det finns nytt", "x", "failed"),
        (EXCHANGE, "Leveransen är försenad: Det finns nytt", "x", "delayed"),
    ],
)
def test_reports_in_words_of_their_own_are_read(sender, subject, text, outcome):
    raw = TOLD.format(sender=sender, subject=subject, text=text).encode()
    assert mail_reader.read(raw).report == (outcome, ["<9@us>"])


def test_who_looks_after_the_mail_of_a_firm_may_complain():
    raw = TOLD.format(sender=EXCHANGE, subject="Failed delivery of food", text="Kald.")
    raw = raw.replace("Message-ID: <9@us>", "")
    assert mail_reader.read(raw.encode()).report is None
    raw = TOLD.format(
        sender="kari@example.com", subject="Undeliverable: x", text="5.1.1"
    )
    assert mail_reader.read(raw.encode()).report is None


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
