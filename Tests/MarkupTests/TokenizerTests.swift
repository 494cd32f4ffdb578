import Testing

@testable import Markup

struct TokenizerTests {
    /// The tokens, written so that they can be compared: text in quotes, verbatim text in bars, tags with
    /// attributes.
    private func tokens(_ html: String) -> String {
        var tokenizer = Tokenizer(Array(html.utf8))
        var parts: [String] = []
        func string(_ range: Range<Int>) -> String { String(decoding: tokenizer.bytes[range], as: UTF8.self) }
        while let token = tokenizer.next() {
            switch token {
            case .text(let range): parts.append("'\(string(range))'")
            case .verbatim(let range): parts.append("|\(string(range))|")
            case .start(let element):
                let attributes = tokenizer.attributes.map { " \(string($0.name))=\(string($0.value))" }
                let end = tokenizer.isSelfClosing ? "/>" : ">"
                parts.append("<\(element)\(attributes.joined())\(end)")
            case .end(let element): parts.append("</\(element)>")
            }
        }
        return parts.joined(separator: " ")
    }

    @Test(arguments: [
        ("", ""), ("text", "'text'"), ("<p>a</p>", "<p> 'a' </p>"), ("<BR>", "<br>"), ("<bR/>", "<br/>"),
        ("<blockquote></BLOCKQUOTE >", "<blockquote> </blockquote>"), ("<custom-element>", "<other>"),
        ("<thisnameislongerthansixteenbytes>", "<other>"), ("<p\nclass=a>", "<p class=a>"),
        ("<p/class=a>", "<p class=a>"),
        ("<\u{E9}>", "'<\u{E9}>'"), ("<p\u{E9}>", "<other>"),
    ])
    func `tags are found whatever their case and spacing`(html: String, expected: String) {
        #expect(tokens(html) == expected)
    }

    @Test(arguments: [
        ("a < b", "'a < b'"), ("<", "'<'"), ("<<p>", "'<' <p>"), ("<3", "'<3'"), ("</", "'</'"),
        ("a</", "'a</'"),
        ("<>", "'<>'"), ("< p>", "'< p>'"), (">", "'>'"), ("a<", "'a<'"),
    ])
    func `a less-than sign that begins no tag is text`(html: String, expected: String) {
        #expect(tokens(html) == expected)
    }

    @Test(arguments: [
        ("<p", ""), ("<p class", ""), ("<p class=", ""), ("<p class=\"a", ""), ("<p class='a'", ""),
        ("</p", ""),
        ("a<p class=\">b", "'a'"), ("<p /", ""), ("<!", ""), ("<?", ""), ("<!-", ""), ("<!--", ""),
        ("<!doctype", ""),
    ])
    func `a tag that the end cuts off is dropped`(html: String, expected: String) {
        #expect(tokens(html) == expected)
    }

    @Test(arguments: [
        ("<a href=x>", "<a href=x>"), ("<a href='x y'>", "<a href=x y>"),
        ("<a href=\"x>y\">", "<a href=x>y>"),
        ("<a href = x >", "<a href=x>"), ("<a href>", "<a href=>"), ("<a href=>", "<a href=>"),
        ("<a href=x/>", "<a href=x/>"),
        ("<a a=1b=2>", "<a a=1b=2>"), ("<a a='1'b='2'>", "<a a=1 b=2>"), ("<a =x>", "<a =x=>"),
        ("<a ==x>", "<a ==x>"),
        ("<a \"=x>", "<a \"=x>"), ("<a a=1 a=2>", "<a a=1 a=2>"), ("<a / b>", "<a b=>"),
        ("<a b / >", "<a b=>"),
        ("<a b/>", "<a b=/>"), ("<a b='>'c>", "<a b=> c=>"), ("<a b=`x y`>", "<a b=`x y`=>"),
        ("<a\u{C}b\t=\r\nc>", "<a b=c>"), ("<a b=\"'\" c='\"'>", "<a b=' c=\">"), ("<a <b>", "<a <b=>"),
    ])
    func `attributes are cut as browsers cut them`(html: String, expected: String) {
        #expect(tokens(html) == expected)
    }

    @Test func `of attributes with the same name the first counts, in any case`() {
        var tokenizer = Tokenizer(Array("<a b=0 HREF=first href=second>".utf8))
        _ = tokenizer.next()
        #expect(tokenizer.attribute("href").map { Array(tokenizer.bytes[$0]) } == Array("first".utf8))
        #expect(tokenizer.attribute("hre") == nil)
        #expect(tokenizer.attribute("class") == nil)
    }

    @Test func `attributes beyond the limit are passed over`() {
        var tokenizer = Tokenizer(Array("<a \(String(repeating: "x=1 ", count: 1_000))>after".utf8))
        #expect(tokenizer.next() == .start(.a))
        #expect(tokenizer.attributes.count == Tokenizer.mostAttributes)
        #expect(tokenizer.next() == .text(4_004..<4_009))
    }

    @Test(arguments: [
        ("a<!--b-->c", "'a' 'c'"), ("a<!-->c", "'a' 'c'"), ("a<!--->c", "'a' 'c'"), ("a<!---->c", "'a' 'c'"),
        ("a<!--<p>-->c", "'a' 'c'"), ("a<!--b--!>c", "'a' 'c'"), ("a<!--b->c-->d", "'a' 'd'"),
        ("a<!--b--->c", "'a' 'c'"),
        ("a<!--b", "'a'"), ("<!DOCTYPE html>c", "'c'"), ("a<!b>c", "'a' 'c'"), ("a<?php b ?>c", "'a' 'c'"),
        ("a</>c", "'a' 'c'"), ("a</ b>c", "'a' 'c'"), ("a</3>c", "'a' 'c'"), ("a<![CDATA[<p>]]>c", "'a' 'c'"),
        ("a<![CDATA[>]>b", "'a'"), ("a<!--b-- >c-->d", "'a' 'd'"),
    ])
    func `comments and their like are passed over`(html: String, expected: String) {
        #expect(tokens(html) == expected)
    }

    @Test(arguments: [
        ("<script>a<b>&amp;</script>c", "<script> |a<b>&amp;| </script> 'c'"),
        ("<script></script>", "<script> </script>"), ("<style><p></STYLE >c", "<style> |<p>| </style> 'c'"),
        ("<script></scriptx></script/>c", "<script> |</scriptx>| </script> 'c'"),
        ("<script><!--</script>c", "<script> |<!--| </script> 'c'"),
        ("<script>a</script", "<script> |a</script|"),
        ("<script/>a</script>", "<script/> |a| </script>"),
        ("<textarea><p>&amp;</textarea>", "<textarea> '<p>&amp;' </textarea>"),
        ("<title></titl></title>", "<title> '</titl>' </title>"),
        ("<plaintext></plaintext>", "<plaintext> |</plaintext>|"),
        ("<xmp><b></xmp>", "<xmp> |<b>| </xmp>"),
        ("<noscript><p></noscript>", "<noscript> |<p>| </noscript>"),
    ])
    func `raw text ends only at its own end tag`(html: String, expected: String) {
        #expect(tokens(html) == expected)
    }
}
