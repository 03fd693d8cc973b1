/* SPDX-License-Identifier: BSD-2-Clause */
#include "util/xml_out.h"

#include "util/memory.h"

#include "unit.h"

static const char declaration[] = "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n";

static void test_elements(void **state)
{
	CLEANUP(str_free) struct str str = STR_INIT;
	struct xml_out xml;

	(void)state;
	xml_start(&xml, &str);
	xml_begin(&xml, "a");
	xml_begin(&xml, "b");
	xml_attribute(&xml, "c", "1");
	xml_attribute(&xml, "d", "");
	xml_end(&xml);
	xml_element(&xml, "e", "text");
	xml_begin(&xml, "f");
	xml_attribute(&xml, "g", "2");
	xml_text(&xml, "one");
	xml_text(&xml, " two");
	xml_end(&xml);
	xml_begin(&xml, "h");
	xml_element(&xml, "i", "");
	xml_end(&xml);
	xml_end(&xml);
	assert_memory_equal(str.text, declaration, strlen(declaration));
	assert_string_equal(str.text + strlen(declaration), "<a>\n"
							    "  <b c=\"1\" d=\"\"/>\n"
							    "  <e>text</e>\n"
							    "  <f g=\"2\">one two</f>\n"
							    "  <h>\n"
							    "    <i/>\n"
							    "  </h>\n"
							    "</a>\n");
}

static void assert_written(const char *text, const char *element, const char *attribute)
{
	CLEANUP(str_free) struct str str = STR_INIT;
	CLEANUP(str_free) struct str wanted = STR_INIT;
	struct xml_out xml;

	xml_start(&xml, &str);
	xml_begin(&xml, "x");
	xml_attribute(&xml, "y", text);
	xml_text(&xml, text);
	xml_end(&xml);
	str_addf(&wanted, "%s<x y=\"%s\">%s</x>\n", declaration, attribute, element);
	assert_string_equal(str.text, wanted.text);
}

static void test_escapes(void **state)
{
	(void)state;
	assert_written("a<b>&\"c\"'", "a&lt;b&gt;&amp;\"c\"'", "a&lt;b&gt;&amp;&quot;c&quot;'");
	assert_written("]]>", "]]&gt;", "]]&gt;");
	assert_written("&amp;", "&amp;amp;", "&amp;amp;");
	/* A parser makes a line feed of CR, and of white space in an attribute a blank. */
	assert_written("a\tb\nc\rd", "a\tb\nc&#13;d", "a&#9;b&#10;c&#13;d");
	assert_written("Zoë 李 \U0001f600", "Zoë 李 \U0001f600", "Zoë 李 \U0001f600");
}

static void test_characters_that_xml_does_not_have(void **state)
{
	(void)state;
	assert_written("a\x01\x1f\x7f", "a\ufffd\ufffd\x7f", "a\ufffd\ufffd\x7f");
	assert_written("\xef\xbf\xbe-\xef\xbf\xbf\xef\xbf\xbd", "\ufffd-\ufffd\ufffd",
		"\ufffd-\ufffd\ufffd");
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_elements),
		cmocka_unit_test(test_escapes),
		cmocka_unit_test(test_characters_that_xml_does_not_have),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
