"""What to keep and what to take out of the objects of a PDF (ISO 32000)."""

import re

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
# What any other object may hold: the keys of ISO 32000 that make what is seen, heard by
# a screen reader or clicked; not those of programs, files, scripts and places.
KEYS = {
    f"/{key}"
    for key in re.findall(
        r"\w+",
        "A AC AIS AP AS AccurateScreens ActualText Alt Alternate Angle AntiAlias "
        "Ascent Attached AvgWidth B BBox BC BE BG BG2 BM BS Background "
        "BackgroundColor BaseEncoding BaseFont BaseState BaselineShift "
        "BitsPerComponent BitsPerCoordinate BitsPerFlag BitsPerSample BlackIs1 "
        "BlackPoint BlockAlign Border BorderColor BorderStyle BorderThickness "
        "Bounds C C0 C1 CA CIDSet CIDSystemInfo CIDToGIDMap CL CMapName CO CP CS "
        "Cap CapHeight CenterWindow CharProcs CharSet ClassMap ColSpan Color "
        "ColorSpace ColorTransform Colorants Colors ColumnCount ColumnGap "
        "ColumnWidths Columns Components Contents Coords Count D DA DL DR DS DV DW "
        "DW2 DamagedRowsBeforeError Decode DecodeParms Default DescendantFonts "
        "Descent Dest Differences Direction DisplayDocTitle Domain DotGain Duplex E "
        "EarlyChange Encode EncodedByteAlign Encoding EndIndent EndOfBlock "
        "EndOfLine ExtGState Extend F FD FL FT Ff Fields Filter First FirstChar "
        "FitWindow Flags Font FontBBox FontDescriptor FontFamily FontFile FontFile2 "
        "FontFile3 FontMatrix FontName FontStretch FontWeight FormType Frequency "
        "Function FunctionType Functions G Gamma GlyphOrientationVertical Group H "
        "HT HalftoneType Headers Height HideMenubar HideToolbar HideWindowUI I IC "
        "ID IDTree IF IRT IT IX ImageMask InkList InlineAlign Intent Interpolate "
        "IsMap ItalicAngle JBIG2Globals K Kids LC LE LJ LL LLE LLO LW Lang Last "
        "LastChar Leading Length Length1 Length2 Length3 Limits LineHeight ListMode "
        "ListNumbering Locked MCID MK ML Marked Mask Matrix Matte MaxLen MaxWidth "
        "MissingWidth MixingHints N Name Names NeedAppearances Next "
        "NonFullScreenPageMode NumCopies Nums O OC OCGs OFF ON OP OPM Obj Open Opt "
        "Order Ordering OverlayText Overprint P PA Padding PaintType Panose Parent "
        "ParentTree ParentTreeNextKey Pattern PatternType Pg PickTrayByPDFSize "
        "Placement Popup Predictor PreserveRB Prev PrintArea PrintClip "
        "PrintPageRange PrintScaling PrintingOrder ProcSet Process Properties Q "
        "QuadPoints R RBGroups RD RI RO RT Range Rect Registry Repeat Resources "
        "RoleMap RowSpan Rows RubyAlign RubyPosition S SA SE SM SMask SMaskInData "
        "Scope Shading ShadingType SigFlags Size Solidities SpaceAfter SpaceBefore "
        "SpotFunction St StartIndent State StateModel StemH StemV Stm StmOwn "
        "StructParent StructParents Style Subtype Summary Supplement Suspects Sy T "
        "TBorderStyle TI TK TM TP TPadding TR TR2 TU TextAlign TextDecorationColor "
        "TextDecorationThickness TextDecorationType TextIndent TilingType Title "
        "ToUnicode TransferFunction Type UCR UCR2 URI UseCMap V VE Vertices "
        "VerticesPerRow ViewArea ViewClip W W2 WMode WhitePoint Width Widths "
        "WritingMode XHeight XObject XStep Xsquare YStep Ysquare ca op ",
    )
}
# Dictionaries whose keys are names that the page itself uses.
NAMED = {
    "/CharProcs",
    "/ClassMap",
    "/ColorSpace",
    "/Colorants",
    "/Dests",
    "/ExtGState",
    "/Font",
    "/Pattern",
    "/Properties",
    "/RoleMap",
    "/Shading",
    "/Solidities",
    "/XObject",
}
# What a remark looks like: a drawing, or one drawing for each of its states.
LOOKS = ("/D", "/N", "/R")
# A set of letters; other dictionaries in its place name such sets.
ENCODING = {"/BaseEncoding", "/Differences", "/Type"}
# What may be said of a piece of a page where the page is written.
MARKED = {
    f"/{key}"
    for key in (
        "ActualText",
        "Alt",
        "Attached",
        "BBox",
        "E",
        "Lang",
        "MCID",
        "Subtype",
        "Type",
    )
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
