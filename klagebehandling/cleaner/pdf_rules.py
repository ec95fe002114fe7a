"""What to keep and what to take out of the objects of a PDF (ISO 32000)."""

TRAILER = {"/Root", "/Size"}
CATALOG = {
    "/AcroForm",
    "/Dests",
    "/Lang",
    "/MarkInfo",
    "/Names",
    "/OCProperties",
    "/Outlines",
    "/PageLabels",
    "/PageLayout",
    "/PageMode",
    "/Pages",
    "/StructTreeRoot",
    "/Type",
    "/Version",
    "/ViewerPreferences",
}
NAMES = {"/Dests"}
PAGE = {
    "/Annots",
    "/ArtBox",
    "/BleedBox",
    "/Contents",
    "/CropBox",
    "/Group",
    "/MediaBox",
    "/Parent",
    "/Resources",
    "/Rotate",
    "/StructParents",
    "/Tabs",
    "/TrimBox",
    "/Type",
    "/UserUnit",
}
# Wherever they stand.
DROPPED = {
    "/AA",
    "/AF",
    "/CreatorInfo",
    "/EF",
    "/JS",
    "/JavaScript",
    "/LastModified",
    "/Metadata",
    "/OPI",
    "/PieceInfo",
    "/Thumb",
    "/UserProperties",
}
# Of a remark: who, when, which one, and a second copy of its text with the program.
REMARK = {"/CreationDate", "/ExData", "/M", "/NM", "/RC", "/Subj", "/T"}
REMARKS = {
    "/Caret",
    "/Circle",
    "/FreeText",
    "/Highlight",
    "/Ink",
    "/Line",
    "/Link",
    "/PolyLine",
    "/Polygon",
    "/Popup",
    "/Redact",
    "/Square",
    "/Squiggly",
    "/Stamp",
    "/StrikeOut",
    "/Text",
    "/Underline",
    "/Watermark",
}
FIELD = "/Widget"
# Actions that a reader meets as a click within the document or on the web.
ACTIONS = {"/GoTo", "/Named", "/ResetForm", "/SetOCGState", "/URI"}
SHOWN_ADDRESSES = ("http:", "https:", "mailto:", "tel:", "ftp:")
SIGNED = {"/Sig", "/DocTimeStamp"}
DEVICE_SPACES = {1: "/DeviceGray", 3: "/DeviceRGB", 4: "/DeviceCMYK"}
