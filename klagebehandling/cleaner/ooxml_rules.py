"""What to take out of the XML of docx, xlsx and pptx, by name of element and attribute.

The names are those of ISO/IEC 29500 and of Microsoft's published extensions.
"""

import re

# Parts by the last word of their relationship type, in lower case.
DROPPED_PARTS = {
    "attachedtemplate",
    "attachedtoolbars",
    "changesinfo",
    "classificationlabels",
    "commentsextended",
    "commentsextensible",
    "commentsids",
    "connections",
    "core-properties",
    "custom-properties",
    "customproperty",
    "customxml",
    "customxmlprops",
    "documenttasks",
    "extended-properties",
    "extensibility",
    "externalcodeservice",
    "hdphoto",
    "inkxml",
    "keymapcustomizations",
    "legacydiagramtext",
    "legacydoctextinfo",
    "mailmergeheadersource",
    "mailmergerecipientdata",
    "mailmergesource",
    "model3d",
    "namedsheetview",
    "people",
    "person",
    "printersettings",
    "querytable",
    "rdarray",
    "rdrichvaluewebimage",
    "rdsupportingpropertybag",
    "rdsupportingpropertybagstructure",
    "recipientdata",
    "revisionheaders",
    "revisioninfo",
    "richstyles",
    "sheetnamedsheetview",
    "slicer",
    "slicercache",
    "slideupdateinfo",
    "tablesinglecells",
    "tags",
    "threadedcomment",
    "thumbnail",
    "timeline",
    "timelinecache",
    "transform",
    "ui",
    "usernames",
    "volatiledependencies",
    "webextension",
    "webextensiontaskpanes",
    "wssortmap",
    "xmlmaps",
}
KEPT_PARTS = {
    "authors",
    "calcchain",
    "chart",
    "chartcolorstyle",
    "chartex",
    "chartsheet",
    "chartstyle",
    "chartusershapes",
    "commentauthors",
    "comments",
    "ctrlprop",
    "diagramcolors",
    "diagramdata",
    "diagramdrawing",
    "diagramlayout",
    "diagramquickstyle",
    "drawing",
    "endnotes",
    "externallink",
    "featurepropertybag",
    "font",
    "fonttable",
    "footer",
    "footnotes",
    "glossarydocument",
    "handoutmaster",
    "header",
    "hyperlink",
    "image",
    "notesmaster",
    "notesslide",
    "numbering",
    "officedocument",
    "package",
    "pivotcachedefinition",
    "pivotcacherecords",
    "pivottable",
    "presprops",
    "rdrichvalue",
    "rdrichvaluestructure",
    "rdrichvaluetypes",
    "richvaluerel",
    "settings",
    "sharedstrings",
    "sheetmetadata",
    "slide",
    "slidelayout",
    "slidemaster",
    "styles",
    "styleswitheffects",
    "table",
    "tablestyles",
    "theme",
    "themeoverride",
    "viewprops",
    "vmldrawing",
    "websettings",
    "worksheet",
}
REFUSED_PARTS = {
    "audio": "recording",
    "media": "recording",
    "video": "recording",
    "control": "macros",
    "activexcontrolbinary": "macros",
    "vbaproject": "macros",
    "wordvbadata": "macros",
    "xlmacrosheet": "macros",
    "origin": "signed",
    "signature": "signed",
}
# Elements without which the document looks and reads the same.
DROPPED_ELEMENTS = {
    "DDE",
    "DataBinding",
    "FmlaMacro",
    "Map",
    "MapInfo",
    "Schema",
    "ScriptExtended",
    "ScriptLocation",
    "ScriptText",
    "activeWritingStyle",
    "attachedTemplate",
    "contentPart",
    "creationId",
    "custDataLst",
    "customPr",
    "customProperties",
    "customSheetViews",
    "customWorkbookViews",
    "customXmlPr",
    "dataBinding",
    "docId",
    "docVars",
    "documentProtection",
    "fileRecoveryPr",
    "fileSharing",
    "fileVersion",
    "fldData",
    "geoCache",
    "ink",
    "mailMerge",
    "modId",
    "modifyVerifier",
    "presenceInfo",
    "printerSettings",
    "protectedRanges",
    "rsid",
    "rsidRoot",
    "rsids",
    "saveThroughXslt",
    "sheetProtection",
    "signatureline",
    "webPublishItem",
    "webPublishItems",
    "webPublishObject",
    "webPublishObjects",
    "webPublishing",
    "workbookProtection",
    "writeProtection",
}
# The same in the namespace of Word only: ids of lists and of fields to fill in.
WORD_ELEMENTS = {"attr", "id", "nsid", "tag", "tmpl"}
# Attributes in a namespace: names in those of Word, all of revision marks.
WORD_ATTRIBUTES = {"date", "durableId", "ed", "initials", "paraId", "textId"}
OFFICE_ATTRIBUTES = {"href", "title"}
# Attributes that say whose it is, lead to programs or prove a password, wherever a
# program may put them.
DROPPED_ANYWHERE = {
    "algorithmName",
    "anchorId",
    "codeName",
    "editId",
    "equationxml",
    "gfxdata",
    "hashValue",
    "macro",
    "password",
    "providerId",
    "saltValue",
    "spinCount",
    "timeZoneBias",
    "userId",
    "userName",
}
# Attributes of an element, all without a namespace.
DROPPED_ATTRIBUTES = {
    "cm": {"assignedTo", "dt", "dueDate", "likes", "startDate"},
    "definedName": {"comment", "customMenu", "description", "help", "statusBar"},
    "pivotCacheDefinition": {"refreshedBy", "refreshedDate", "refreshedDateIso"},
    "protectedRange": {"securityDescriptor"},
    "reply": {"likes"},
    "scenario": {"user", "comment"},
    "table": {"comment", "connectionId"},
    "tableColumn": {"queryTableFieldId"},
}
# What must be there, but need not say anything.
BLANKED_ATTRIBUTES = {
    "author": {"name": "", "initials": "", "userId": "", "providerId": "None"},
    "clrScheme": {"name": ""},
    "cm": {"created": "2000-01-01T00:00:00.000"},
    "cmAuthor": {"name": "", "initials": ""},
    "cNvPr": {"name": ""},
    "ddeLink": {"ddeService": "", "ddeTopic": ""},
    "docPr": {"name": ""},
    "fmtScheme": {"name": ""},
    "fontScheme": {"name": ""},
    "reply": {"created": "2000-01-01T00:00:00.000"},
    "sldMk": {"cId": "0"},
    "theme": {"name": ""},
}
# Labels that programs fill with the name of a file.
LABELLED = {"docPr", "cNvPr"}
LABELS = ("descr", "title")
# Addresses in the old drawings.
ADDRESSES = {"althref", "href", "src"}
# Ids that are the same for everybody: kinds of extensions, built-in styles.
COMMON_IDS = {"def", "styleId", "tableStyle", "tableStyleId", "uri"}
SHOWN_ADDRESSES = ("http:", "https:", "mailto:", "tel:", "ftp:")
# Commands that fetch from a disk or from the web, or start a program.
REACHING = {
    "DATABASE",
    "DDE",
    "DDEAUTO",
    "IMPORT",
    "INCLUDE",
    "INCLUDEPICTURE",
    "INCLUDETEXT",
    "LINK",
    "MACROBUTTON",
    "RD",
}
COMMANDS = {"instrText", "delInstrText"}
FORMULAS = {"FieldCodes", "definedName", "f", "formula", "formula1", "formula2"}
# What the files of a document are called by the programs that write them.
PART_NAMES = set(
    re.findall(
        r"\w+",
        "app calcchain chart charts colors comment comments commentauthors authors "
        "core custom ctrlprop data document document2 drawing endnotes externallink "
        "featurepropertybag font fonttable footer footnotes glossary handoutmaster "
        "header image item layout metadata moderncomment notesmaster notesslide "
        "numbering pivotcachedefinition pivotcacherecords pivottable presentation "
        "presprops quickstyle rdrichvalue rdrichvaluestructure rdrichvaluetypes "
        "richvaluerel settings sharedstrings sheet sheetmetadata slide slidelayout "
        "slidemaster style styles styleswitheffects table tablestyles theme "
        "themeoverride viewprops vmldrawing websettings workbook",
    )
)
