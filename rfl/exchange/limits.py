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
# Cells between the first and the last filled one, all held at once: this many short texts took 650 MB (measured).
# It is the longest list in 20 columns, or 66,000 rows of 60.
MAX_SHEET_CELLS = 4_100_000

# The row of column names stands near the top: a title, a logo line, a date and a blank line may come before it.
HEADER_SEARCH_ROWS = 10

# A workbook of 200,000 x 20 cells inflates to about 200 MiB of XML.
MAX_WORKBOOK_BYTES = 384 * MEBIBYTE
# Real sheets compress 5 to 40 times; repetitive ones reach 200. Small parts may do better without harm.
MAX_WORKBOOK_RATIO = 250
RATIO_CHECKED_FROM = 8 * MEBIBYTE
# A workbook has about ten parts, and one or two for every sheet, picture or comment.
MAX_WORKBOOK_PARTS = 1_000
# One tag with all its attributes; written by hand or machine it stays below a few hundred bytes.
MAX_TAG_BYTES = MEBIBYTE

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
