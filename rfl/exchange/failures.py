"""Why a whole file is refused; one bad row never is a reason (see `rfl.exchange.rows`)."""

from rfl.domain.errors import RuleBroken
from rfl.domain.text import N_


class FileRefused(RuleBroken):
    """The file cannot be read as a list of persons; nothing of it was taken."""

    message = N_("This file cannot be read.")
    status = 422


class FileTooLarge(FileRefused):
    """More bytes than one import takes."""

    message = N_("The file is larger than %(limit)d MiB. Divide the list into several files.")
    status = 413


class EmptyFile(FileRefused):
    """No row of column names and no data."""

    message = N_("The file holds no rows. Check that the list was saved before it was sent.")


class NotATable(FileRefused):
    """Something else than a list, whatever its name says."""

    message = N_(
        "The content of this file is %(kind)s, not a list of this kind. Save it as XLSX or CSV in its own program."
    )


class OldWorkbook(FileRefused):
    """A workbook of Excel 97-2003, or one locked with a password: both look the same from outside."""

    message = N_(
        "The workbook is in the format of Excel 97-2003 or is locked with a password. "
        "Open it, remove the password and save it as XLSX."
    )


class UnreadableText(FileRefused):
    """No encoding known here makes text of these bytes."""

    message = N_("The letters of this file cannot be read. Save it again as CSV with the encoding UTF-8.")


class WrongEncoding(FileRefused):
    """The encoding somebody chose does not fit the bytes."""

    message = N_("The file is not written in %(encoding)s. Choose another encoding, or let it be found.")


class BinaryInText(FileRefused):
    """NUL characters: the file is damaged or no text."""

    message = N_(
        "Line %(line)d holds a character that is no text. The file is damaged; export it again from its source."
    )


class UnclosedQuote(FileRefused):
    """A quotation mark that swallows the rows after it."""

    message = N_(
        'A quotation mark (") opens in line %(line)d and does not close where it should, so that the rows after it '
        "cannot be told apart. Close it, or remove it, and load the file again."
    )


class CellTooLong(FileRefused):
    """One cell holds more than any cell of a list should."""

    message = N_(
        "A cell in line %(line)d has more than %(limit)d characters. Shorten it, or look for a missing quotation mark."
    )


class TooManyColumns(FileRefused):
    """Wider than any registration form."""

    message = N_("Line %(line)d has more than %(limit)d columns. Keep only the columns that describe the persons.")


class TooManyRows(FileRefused):
    """More rows than one import takes."""

    message = N_("The list has more than %(limit)d rows. Divide it into several files.")


class SheetTooLarge(FileRefused):
    """A few cells so far apart that the space between them fills the memory."""

    message = N_(
        "The cells of this workbook spread over too large an area. "
        "Copy only the list itself to a new workbook and load that."
    )


class DamagedWorkbook(FileRefused):
    """A container that cannot be opened, or whose parts are not what a workbook has."""

    message = N_("The workbook is damaged. Open it in the program that made it and save it again as XLSX.")


class WorkbookBomb(FileRefused):
    """Inflates to far more than it seems, or says another size than it has."""

    message = N_(
        "The workbook unpacks to far more data than a list has. Copy the list to a new workbook and load that."
    )


class TooManyParts(FileRefused):
    """Thousands of sheets or attachments."""

    message = N_(
        "The workbook has more than %(limit)d parts. Copy the sheet with the list to a new workbook and load that."
    )


class UnsafePart(FileRefused):
    """A part whose name points outside the workbook, a link to another file, or a part twice."""

    message = N_(
        "The workbook contains a part whose name is unsafe, or the same part twice. "
        "Copy the list to a new workbook and load that."
    )


class WorkbookWithMacros(FileRefused):
    """Programs inside a list are refused, even if nothing here would start them."""

    message = N_("The workbook contains macros. Save it as XLSX without macros and load that.")


class WorkbookWithLinks(FileRefused):
    """Cells that take their content from other files or from the network."""

    message = N_(
        "The workbook takes data from other files or from the network. "
        "Copy the list as plain values to a new workbook and load that."
    )


class NotPfif(FileRefused):
    """XML, but not the People Finder Interchange Format."""

    message = N_("This XML file is not PFIF. Its first element must be pfif in a PFIF namespace, for example PFIF 1.4.")


class UnknownPfifVersion(FileRefused):
    """A version whose fields are not known here."""

    message = N_("This PFIF version is not known. The versions 1.1, 1.2, 1.3 and 1.4 can be read.")


class DamagedXml(FileRefused):
    """Not well-formed; nothing of the file was taken."""

    message = N_("The XML is damaged in line %(line)d. Export the file again from its source.")


class XmlWithDoctype(FileRefused):
    """Document types and entities can read files and fill memory; PFIF needs neither."""

    message = N_("The XML contains a document type or entities, which are refused. Export it again without them.")


class XmlTooDeep(FileRefused):
    """Elements nested, or attributes heaped, beyond what PFIF can need."""

    message = N_("The XML is nested deeper, or has more attributes, than PFIF needs. Export the file again.")
