import hashlib
import re
from collections import Counter
from typing import NamedTuple

from lxml import html
from markupsafe import Markup

from odoo import api, fields, models
from odoo.exceptions import UserError
from odoo.tools import split_every

from ...cleaner import outgoing as reader
from ...cleaner.outgoing import apart
from ...roles import READERS
from ...sealing import keyring

# So many persons of other cases are opened at once.
AT_ONCE = 2000
# A shorter word stands in too many texts.
SHORTEST = 4
WORD = re.compile(r"\w[\w'’-]*")
# In the text of a letter: what is written and not seen.
UNSEEN = re.compile(
    r"display\s*:\s*none|visibility\s*:\s*hidden|font-size\s*:\s*[01](?:\.\d+)?p[xt]"
    r"|opacity\s*:\s*0(?:\.0+)?(?:[;\s]|$)"
    r"|(?:^|[;\s])color\s*:\s*(?:white|#fff(?:fff)?\b|rgb\(\s*255,\s*255,\s*255\s*\))",
    re.IGNORECASE,
)
SHADED = re.compile(r"background", re.IGNORECASE)


class Piece(NamedTuple):
    """Something that leaves: a file by its bytes, or a text as HTML.

    A file that this program has laid out itself notes who sends it, on purpose.
    """

    name: str
    raw: bytes
    is_text: bool = False
    is_laid_out: bool = False

    def digest(self):
        return hashlib.sha256(self.raw).hexdigest()


class Finding(NamedTuple):
    """What was found in a piece, where, and the words around it."""

    code: str
    place: str
    where: str
    excerpt: str


class ComplaintOutgoing(models.Model):
    """Somebody decided that something leaves with what was found in it, and why (N12).

    Whatever leaves passes ``_check``: letters and their files, packages, what is given
    out. It warns of each place, and a person decides: the decision covers what that
    person saw, in these very bytes. Names are compared with the persons of cases that
    who sends may read, and with no others: the guard would be an oracle.
    """

    _name = "complaint.outgoing"
    _inherit = ["complaint.case.part"]
    _description = "Decision on what leaves"
    _order = "id desc"
    _words = ("name", "reason")

    name = fields.Char(string="What leaves", readonly=True)
    digest = fields.Char(string="SHA-256", readonly=True, index=True)
    kinds = fields.Char(string="Found", readonly=True)
    findings = fields.Integer(string="Places", readonly=True)
    accepted = fields.Json(
        groups=fields.NO_ACCESS, help="Keyed hashes of what was found and accepted."
    )
    reason = fields.Text(readonly=True, groups=READERS)
    user_id = fields.Many2one(
        "res.users", string="Decided by", readonly=True, ondelete="restrict"
    )
    decided_on = fields.Date(readonly=True)
    text_erased_on = fields.Date(string="Text removed", readonly=True, copy=False)

    @api.model
    def _piece(self, name, raw, is_laid_out=False):
        return Piece(name or "", raw or b"", is_laid_out=is_laid_out)

    @api.model
    def _text_piece(self, body):
        """The text of a letter, as HTML."""
        return Piece(self.env._("The text"), (str(body or "")).encode(), True)

    @api.model
    def _look(self, case, pieces):
        """What is found in pieces that leave a case, by the user who sends them.

        :return: pairs of a piece and its list of ``Finding``, of those with any
        """
        pieces = [piece for piece in pieces if piece.raw]
        if not pieces:
            return []
        files = [piece for piece in pieces if not piece.is_text]
        read = iter(apart.look_all([(one.name, one.raw) for one in files]))
        looked = [
            self._look_text(piece) if piece.is_text else next(read) for piece in pieces
        ]
        texts = [text for known in looked for _place, _where, text in known.texts]
        others = self._persons_of_others(case, texts)
        found = []
        for piece, known in zip(pieces, looked, strict=True):
            findings = [Finding(*one) for one in known.findings]
            if piece.is_laid_out:
                findings = [one for one in findings if one.code != "metadata"]
            findings += self._find_names(known.texts, others)
            if findings:
                found.append((piece, findings))
        return found

    @api.model
    def _check(self, case, pieces):
        """Refuse what nobody has decided on.

        :raises UserError: with each place and what to do
        """
        undecided = self._undecided(case, pieces)
        if undecided:
            raise UserError(
                self.env._(
                    "Look at this before it leaves:\n%(findings)s\n\nTake it out, or "
                    "write why it goes with it all the same.",
                    findings="\n".join(self._say(undecided)),
                )
            )

    @api.model
    def _undecided(self, case, pieces):
        """The same as :meth:`_look`, without what was decided on."""
        found = self._look(case, pieces)
        if not found:
            return []
        digests = [piece.digest() for piece, _findings in found]
        rows = self.sudo().search(
            [("case_id", "=", case.id), ("digest", "in", digests)]
        )
        accepted = {mark for row in rows for mark in row.accepted or ()}
        left = []
        for piece, findings in found:
            open_ones = [
                one for one in findings if self._mark(piece, one) not in accepted
            ]
            if open_ones:
                left.append((piece, open_ones))
        return left

    @api.model
    def _accept(self, case, pieces, reason):
        """Keep that somebody sends it all the same, and why.

        :raises UserError: without a reason
        """
        case.check_access("write")
        reason = (reason or "").strip()
        if not reason:
            raise UserError(self.env._("Write why it leaves with this."))
        undecided = self._undecided(case, pieces)
        rows = [
            {
                "case_id": case.id,
                "company_id": case.sudo().company_id.id,
                "name": piece.name,
                "digest": piece.digest(),
                "kinds": ",".join(sorted({one.code for one in findings})),
                "findings": len(findings),
                "accepted": [self._mark(piece, one) for one in findings],
                "reason": reason,
                "user_id": self.env.uid,
                "decided_on": case.sudo()._today(),
            }
            for piece, findings in undecided
        ]
        self.sudo().create(rows)
        for piece, findings in undecided:
            case.sudo()._log(
                "outgoing_accepted",
                found=dict(Counter(one.code for one in findings)),
                digests=[piece.digest()],
                what=piece.name,
                reason=reason,
            )

    @api.model
    def _mark(self, piece, finding):
        """What a decision covers: this finding in these bytes, told to nobody."""
        return keyring.keyed_hash("outgoing", "\0".join((piece.digest(), *finding)))

    # -- what is found in the text of a letter

    @api.model
    def _look_text(self, piece):
        """Of HTML what of a file is seen by its reader."""
        root = html.fromstring(f"<div>{piece.raw.decode()}</div>")
        findings, texts = [], []
        for number, element in enumerate(root.iter(), start=1):
            if not isinstance(element.tag, str):
                findings.append(("comment", "file", "", str(element.text or "")[:120]))
                texts.append(("file", "", str(element.text or "")))
                continue
            words = " ".join(element.text_content().split())
            if element.tag in ("ins", "del") and words:
                findings.append(("tracked", "file", str(number), words[:120]))
            style = element.get("style", "")
            is_pale = "color" in style.lower() and self._is_shaded(element)
            if words and UNSEEN.search(style) and not is_pale:
                findings.append(("hidden", "file", str(number), words[:120]))
        texts += [("file", "", line) for line in root.xpath("//text()") if line.strip()]
        # Words that tags part are one text all the same.
        texts.append(("file", "", " ".join(root.text_content().split())))
        return reader.Looked("text", findings, texts, None)

    @api.model
    def _is_shaded(self, element):
        """Whether something lies behind pale letters: then they are seen."""
        return any(
            SHADED.search(one.get("style", ""))
            for one in (element, *element.iterancestors())
        )

    # -- persons of other cases

    @api.model
    def _persons_of_others(self, case, texts):
        """Who stands in other cases that the user may read, as words to look for.

        All of them are compared with, however old; those that no text could mean are
        left out at once.
        """
        if self.env.su:
            # Nobody sends it: a program has no cases that it may read.
            return []
        case_sudo = case.sudo()
        own = case_sudo._submission() | case_sudo.parent_id._submission()
        people = self.env["complaint.party"].search(
            [("is_protected", "=", False), ("case_id", "not in", own.ids)],
        )
        mine = own.sudo(False)._filtered_access("read").party_ids
        known = mine._filtered_access("read").filtered(lambda one: not one.is_protected)
        names = {one.name for one in known} | {case_sudo.handler_id.name}
        names |= {self.env.user.name}
        own_words = {word for name in names for word in self._split(name)}
        whole = "\n".join(texts)
        said, folded = {*self._split(whole)}, whole.casefold()
        digits, others = re.sub(r"\D", "", whole), []
        for ids in split_every(AT_ONCE, people.ids):
            for person in people.browse(ids).sudo():
                identity, _lost = person._open_identity()
                words = self._split(identity.get("name"))
                # Who has the very name of somebody here is not told from that person.
                is_other = bool(words) and not set(words) <= own_words
                if is_other and (
                    words[-1] in said or self._is_reached(identity, folded, digits)
                ):
                    others.append((words, own_words, identity))
        return others

    @api.model
    def _split(self, text):
        return [word.casefold() for word in WORD.findall(text or "")]

    @api.model
    def _find_names(self, texts, others):
        """The places of texts in which somebody of another case is named."""
        findings = []
        if not others:
            return findings
        for place, where, text in texts:
            pairs, names = self._word_pairs(text)
            folded, digits = text.casefold(), re.sub(r"\D", "", text)
            for words, own_words, identity in others:
                if self._is_named(words, own_words, pairs, names) or self._is_reached(
                    identity, folded, digits
                ):
                    said = identity.get("name") or ""
                    findings.append(Finding("name", place, where, said))
        return list(dict.fromkeys(findings))

    @api.model
    def _word_pairs(self, text):
        """Words that stand beside each other, and those that are written as names."""
        words = WORD.findall(text)
        folded = [word.casefold() for word in words]
        pairs = {
            frozenset((folded[at], one))
            for at in range(len(folded))
            for one in folded[at + 1 : at + 3]
        }
        starts = {match.end() for match in re.finditer(r"(?:^|[.!?:]\s+)", text)}
        names = {
            match[0].casefold()
            for match in WORD.finditer(text)
            if match[0][0].isupper() and match.start() not in starts
        }
        return pairs, names

    @api.model
    def _is_named(self, words, own_words, pairs, names):
        if len(words) > 1 and frozenset((words[0], words[-1])) in pairs:
            return True
        last = words[-1]
        return last in names and len(last) >= SHORTEST and last not in own_words

    @api.model
    def _is_reached(self, identity, folded, digits):
        """Whether a text holds an address or a number of somebody."""
        email = (identity.get("email") or "").casefold()
        phone = re.sub(r"\D", "", identity.get("phone") or "")[-8:]
        is_phone = len(phone) >= 8 and phone in digits
        return is_phone or (bool(email) and email in folded)

    # -- in words

    @api.model
    def _say(self, found):
        """A line for each place, for who sends it."""
        codes, places = self._code_labels(), self._place_labels()
        lines = []
        for piece, findings in found:
            for one in findings:
                where = " ".join(filter(None, (places.get(one.place), one.where)))
                excerpt = one.excerpt
                if one.code == "unread":
                    reasons = self.env["complaint.original"]._fields["reason"]
                    labels = dict(reasons._description_selection(self.env))
                    excerpt = labels.get(excerpt, "")
                parts = (piece.name, where, codes[one.code], excerpt)
                lines.append(" · ".join(filter(None, parts)))
        return lines

    @api.model
    def _show(self, found):
        """The same as a list for a dialog; empty where nothing was found."""
        if not found:
            return False
        items = Markup("").join(
            Markup("<li>{}</li>").format(line) for line in self._say(found)
        )
        return Markup("<ul class='mb-0'>{}</ul>").format(items)

    @api.model
    def _code_labels(self):
        return {
            "tracked": self.env._("Tracked change"),
            "comment": self.env._("Comment"),
            "hidden": self.env._("Hidden"),
            "covered": self.env._("Text under something drawn over it"),
            "metadata": self.env._("Noted by a program"),
            "embedded": self.env._("Another file inside"),
            "unread": self.env._("Could not be looked into"),
            "name": self.env._("Names a person of another case"),
        }

    @api.model
    def _place_labels(self):
        return {
            "part": self.env._("part"),
            "paragraph": self.env._("paragraph"),
            "sheet": self.env._("sheet"),
            "row": self.env._("row"),
            "slide": self.env._("slide"),
            "page": self.env._("page"),
            "line": self.env._("line"),
        }
