/* What a PDF says of itself: the XMP packet and the information dictionary, which say the same, and
 * the catalog's entries for language and title. libharu's own XMP does not escape what it is given.
 */
#include <string.h>

#include "pdf/document_private.h"
#include "pdf/srgb.h"
#include "pdf/syntax.h"

#define PRODUCER "briefpress " BP_VERSION

/* <name>text</name>, or with `list` (Alt, Seq, Bag) as its one item. Nothing where there is no
 * text. */
static bool put_property(bp_buf *xmp, const char *name, const char *list, const char *text)
{
    if (text == NULL || text[0] == '\0')
        return true;
    bool ok = bp_buf_format(xmp, "<%s>", name);
    if (ok && list != NULL)
        ok = bp_buf_format(xmp, "<rdf:%s><rdf:li%s>", list,
                           strcmp(list, "Alt") == 0 ? " xml:lang=\"x-default\"" : "");
    ok = ok && bp_syntax_xml(xmp, text);
    if (ok && list != NULL)
        ok = bp_buf_format(xmp, "</rdf:li></rdf:%s>", list);
    return ok && bp_buf_format(xmp, "</%s>\n", name);
}

/* What PDF/A must be told of a schema that it does not know. */
static const char ua_schema[] =
    "<rdf:Description rdf:about=\"\"\n"
    " xmlns:pdfaExtension=\"http://www.aiim.org/pdfa/ns/extension/\"\n"
    " xmlns:pdfaSchema=\"http://www.aiim.org/pdfa/ns/schema#\"\n"
    " xmlns:pdfaProperty=\"http://www.aiim.org/pdfa/ns/property#\">\n"
    "<pdfaExtension:schemas><rdf:Bag><rdf:li rdf:parseType=\"Resource\">\n"
    "<pdfaSchema:schema>PDF/UA identification</pdfaSchema:schema>\n"
    "<pdfaSchema:namespaceURI>http://www.aiim.org/pdfua/ns/id/</pdfaSchema:namespaceURI>\n"
    "<pdfaSchema:prefix>pdfuaid</pdfaSchema:prefix>\n"
    "<pdfaSchema:property><rdf:Seq><rdf:li rdf:parseType=\"Resource\">\n"
    "<pdfaProperty:name>part</pdfaProperty:name>\n"
    "<pdfaProperty:valueType>Integer</pdfaProperty:valueType>\n"
    "<pdfaProperty:category>internal</pdfaProperty:category>\n"
    "<pdfaProperty:description>Part of PDF/UA</pdfaProperty:description>\n"
    "</rdf:li></rdf:Seq></pdfaSchema:property>\n"
    "</rdf:li></rdf:Bag></pdfaExtension:schemas>\n</rdf:Description>\n";

/* The identifiers of the standards that are kept. */
static bool put_claims(const bp_document *document, bp_buf *xmp)
{
    unsigned standards = document->standards;
    const char *title = bp_standards_title(standards, BP_STANDARDS_A); /* "PDF/A-3a" */
    bool ok = true;
    if (title[0] != '\0')
        ok = bp_buf_format(xmp,
                           "<rdf:Description rdf:about=\"\""
                           " xmlns:pdfaid=\"http://www.aiim.org/pdfa/ns/id/\">\n"
                           "<pdfaid:part>%c</pdfaid:part>\n"
                           "<pdfaid:conformance>%c</pdfaid:conformance>\n</rdf:Description>\n",
                           title[6], title[7] & ~0x20);
    if (ok && (standards & BP_STANDARD_UA1) != 0)
        ok = bp_buf_text(xmp, "<rdf:Description rdf:about=\"\""
                              " xmlns:pdfuaid=\"http://www.aiim.org/pdfua/ns/id/\">\n"
                              "<pdfuaid:part>1</pdfuaid:part>\n</rdf:Description>\n") &&
             (title[0] == '\0' || bp_buf_text(xmp, ua_schema));
    return ok;
}

static bool put_xmp(const bp_document *document, bp_buf *xmp)
{
    bool ok =
        bp_buf_text(xmp, "<?xpacket begin=\"\xEF\xBB\xBF\" id=\"W5M0MpCehiHzreSzNTczkc9d\"?>\n"
                         "<x:xmpmeta xmlns:x=\"adobe:ns:meta/\">\n"
                         "<rdf:RDF xmlns:rdf=\"http://www.w3.org/1999/02/22-rdf-syntax-ns#\">\n"
                         "<rdf:Description rdf:about=\"\"\n"
                         " xmlns:dc=\"http://purl.org/dc/elements/1.1/\"\n"
                         " xmlns:xmp=\"http://ns.adobe.com/xap/1.0/\"\n"
                         " xmlns:pdf=\"http://ns.adobe.com/pdf/1.3/\">\n"
                         "<dc:format>application/pdf</dc:format>\n") &&
        put_property(xmp, "dc:title", "Alt", document->title) &&
        put_property(xmp, "dc:creator", "Seq", document->author) &&
        put_property(xmp, "dc:description", "Alt", document->subject) &&
        put_property(xmp, "dc:language", "Bag", document->language) &&
        put_property(xmp, "pdf:Keywords", NULL, document->keywords) &&
        put_property(xmp, "pdf:Producer", NULL, PRODUCER) &&
        put_property(xmp, "xmp:CreatorTool", NULL, document->creator);
    if (ok && document->date.year != 0) {
        static const char *const names[] = {"CreateDate", "ModifyDate", "MetadataDate"};
        for (int i = 0; ok && i < 3; i++)
            ok = bp_buf_format(xmp, "<xmp:%s>", names[i]) &&
                 bp_syntax_iso_date(xmp, &document->date) &&
                 bp_buf_format(xmp, "</xmp:%s>\n", names[i]);
    }
    return ok && bp_buf_text(xmp, "</rdf:Description>\n") && put_claims(document, xmp) &&
           bp_buf_text(xmp, "</rdf:RDF>\n</x:xmpmeta>\n<?xpacket end=\"w\"?>");
}

static bool put_fact(bp_buf *text, const char *key, const char *value)
{
    if (value == NULL || value[0] == '\0')
        return true;
    return bp_buf_text(text, key) && bp_syntax_text(text, value, strlen(value)) &&
           bp_buf_char(text, '\n');
}

static bool put_info(const bp_document *document, bp_buf *text)
{
    bool ok =
        put_fact(text, "/Title", document->title) && put_fact(text, "/Author", document->author) &&
        put_fact(text, "/Subject", document->subject) &&
        put_fact(text, "/Keywords", document->keywords) &&
        put_fact(text, "/Creator", document->creator) && put_fact(text, "/Producer", PRODUCER);
    if (ok && document->date.year != 0)
        ok = bp_buf_text(text, "/CreationDate") && bp_syntax_date(text, &document->date) &&
             bp_buf_text(text, "\n/ModDate") && bp_syntax_date(text, &document->date) &&
             bp_buf_char(text, '\n');
    return ok;
}

/* What the colours of the document are: sRGB. For PDF/A, which knows no colour of a device. */
static bool write_intent(bp_document *document, bp_buf *catalog)
{
    if ((document->standards & BP_STANDARDS_A) == 0)
        return true;
    bp_buf text = {0};
    bp_ref profile = bp_objects_add(document->objects, &document->error);
    bool ok = profile != 0 && bp_buf_text(&text, "/N 3/Alternate/DeviceRGB") &&
              bp_objects_write_stream(document->objects, profile, &text, bp_srgb_profile,
                                      bp_srgb_profile_size, false, &document->error) &&
              bp_buf_text(catalog, "/OutputIntents[<</Type/OutputIntent/S/GTS_PDFA1"
                                   "/OutputConditionIdentifier(sRGB)/Info(sRGB IEC61966-2.1)"
                                   "/DestOutputProfile ") &&
              bp_objects_put_ref(catalog, profile) && bp_buf_text(catalog, ">>]\n");
    bp_buf_clear(&text);
    return ok;
}

static bool put_catalog(const bp_document *document, bp_buf *catalog, bp_ref xmp)
{
    bool ok = bp_buf_text(catalog, "/Metadata ") && bp_objects_put_ref(catalog, xmp) &&
              bp_buf_char(catalog, '\n');
    if (ok && document->title != NULL && document->title[0] != '\0')
        ok = bp_buf_text(catalog, "/ViewerPreferences<</DisplayDocTitle true>>\n");
    return ok && put_fact(catalog, "/Lang", document->language);
}

/* What the standards ask of a document as a whole. */
static bool check(const bp_document *document, bp_error *err)
{
    unsigned standards = document->standards;
    if ((standards & BP_STANDARD_UA1) != 0 &&
        (document->title == NULL || document->title[0] == '\0'))
        return bp_fail(err, BP_ERR_SCRIPT, NULL, "PDF/UA-1 needs a title");
    if ((standards & BP_STANDARDS_TAGGED) != 0 &&
        (document->language == NULL || document->language[0] == '\0'))
        return bp_fail(err, BP_ERR_SCRIPT, NULL, "%s needs a language",
                       bp_standards_title(standards, BP_STANDARDS_TAGGED));
    return true;
}

bool bp_document_write_metadata(bp_document *document, bp_buf *catalog, bp_ref *info)
{
    bp_error *err = &document->error;
    if (!check(document, err))
        return false;
    bp_objects *objects = document->objects;
    bp_buf xmp = {0}, text = {0};
    bp_ref ref = bp_objects_add(objects, err);
    *info = bp_objects_add(objects, err);
    bool ok = ref != 0 && *info != 0 && put_xmp(document, &xmp) &&
              bp_buf_text(&text, "/Type/Metadata/Subtype/XML") &&
              bp_objects_write_stream(objects, ref, &text, xmp.bytes, xmp.length, true, err) &&
              put_info(document, &text) && bp_objects_write(objects, *info, &text, err) &&
              put_catalog(document, catalog, ref) && write_intent(document, catalog);
    bp_buf_clear(&xmp);
    bp_buf_clear(&text);
    return ok || bp_fail_memory(err);
}
