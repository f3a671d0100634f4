"""The most a file may ask of this program; every figure has its reason, and every check names the figure it broke."""

MEBIBYTE = 1024 * 1024

# A national list of 200,000 persons in 20 columns is about 30 MiB of text; mail and web servers often stop at 32 MiB.
MAX_FILE_BYTES = 32 * MEBIBYTE
# Twice the largest registration lists of one response that societies describe; more is several files.
MAX_ROWS = 200_000
# The widest registration forms have about 120 questions.
MAX_COLUMNS = 200
# Several pages of notes; whatever is longer is nearly always an unclosed quotation mark.
MAX_CELL_CHARS = 10_000
# The row of column names stands near the top: a title, a logo line, a date and a blank line may come before it.
HEADER_SEARCH_ROWS = 10

# A workbook has about ten parts, and one or two for every sheet, picture or comment.
MAX_WORKBOOK_PARTS = 1_000

# A PFIF document is three levels deep with a note inside a person; foreign extensions may add a few.
MAX_XML_DEPTH = 16
# Attributes of one element; PFIF itself uses none but namespace declarations.
MAX_XML_ATTRIBUTES = 64
# One person record with all its notes.
MAX_NOTES_OF_PERSON = 1_000
# A record id is a domain name (at most 253 characters) and a local part.
MAX_RECORD_ID_CHARS = 500

# Excel shows at most this many characters in one cell and calls a file with more damaged.
EXCEL_CELL_CHARS = 32_767
