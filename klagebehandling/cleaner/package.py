"""Packed documents: unpacked within bounds, packed anew without dates."""

import io
import zipfile

from .limits import MAX_MEMBERS, CannotBeCleaned

EPOCH = (1980, 1, 1, 0, 0, 0)
IS_ENCRYPTED = 0x1


class Package:
    """The members of a packed file, read one by one."""

    def __init__(self, raw, budget):
        self.budget = budget
        self.zip = zipfile.ZipFile(io.BytesIO(raw))
        members = self.zip.infolist()
        self.names = [member.filename for member in members]
        if len(members) > MAX_MEMBERS:
            raise CannotBeCleaned("too_large")
        if len(set(self.names)) < len(members):
            raise CannotBeCleaned("unreadable")
        if any(member.flag_bits & IS_ENCRYPTED for member in members):
            raise CannotBeCleaned("encrypted")

    def __contains__(self, name):
        return name in self.names

    def unpack(self, name):
        """The bytes of a member; ``zipfile`` reads no more than it declares."""
        self.budget.take_bytes(self.zip.getinfo(name).file_size)
        return self.zip.read(name)


def pack(members):
    """The same bytes for the same members.

    :param members: pairs of name and bytes; ``mimetype`` is stored as it is
    """
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w") as package:
        for name, content in members:
            member = zipfile.ZipInfo(name, EPOCH)
            member.create_system = 0
            is_plain = name == "mimetype"
            method = zipfile.ZIP_STORED if is_plain else zipfile.ZIP_DEFLATED
            package.writestr(member, content, compress_type=method)
    return out.getvalue()
