/**
 * E-mail addresses, one by one along the grammar of RFC 5321 4.1.2 and RFC 6531 3.3: what a mailbox may be is taken as it is written, and
 * everything else is refused with a sentence that says why.
 */
import { describe, expect, test } from 'vitest';
import { parseMailbox } from '#lib/analyzers/mailbox.ts';

/** Taken; the domain in its ASCII form, the local part as it was written. */
const taken: readonly (readonly [written: string, address?: string])[] = [
  // Atoms and dots
  ['alice@contoso.example'],
  ['a@b.co'],
  ['ALICE@contoso.example'],
  ['Alice@Contoso.Example', 'Alice@contoso.example'],
  ['alice.b@contoso.example'],
  ['a.b.c.d.e@contoso.example'],
  ['alice+tag@contoso.example'],
  ['alice+tag+more@contoso.example'],
  ['+alice@contoso.example'],
  ['alice+@contoso.example'],
  ['alice-b@contoso.example'],
  ['-@contoso.example'],
  ['-alice-@contoso.example'],
  ['alice_b@contoso.example'],
  ['_@contoso.example'],
  ['123@contoso.example'],
  ['1@contoso.example'],
  ["o'hara@contoso.example"],
  ['alice!b@contoso.example'],
  ['a#b@contoso.example'],
  ['a$b@contoso.example'],
  ['a%b@contoso.example'],
  ['a&b@contoso.example'],
  ['a*b@contoso.example'],
  ['a/b@contoso.example'],
  ['customer/department=shipping@contoso.example'],
  ['a=b@contoso.example'],
  ['a?b@contoso.example'],
  ['a^b@contoso.example'],
  ['a`b@contoso.example'],
  ['a{b}@contoso.example'],
  ['a|b@contoso.example'],
  ['~a@contoso.example'],
  ["!#$%&'*+-/=?^_`{|}~@contoso.example"],
  [`${'a'.repeat(64)}@contoso.example`],
  [`${'a.'.repeat(31)}aa@contoso.example`],
  // Around it
  [' alice@contoso.example', 'alice@contoso.example'],
  ['alice@contoso.example \n', 'alice@contoso.example'],
  ['\talice@contoso.example', 'alice@contoso.example'],
  // Quoted strings
  ['"alice"@contoso.example'],
  ['"john doe"@contoso.example'],
  ['" "@contoso.example'],
  ['""@contoso.example'],
  ['"john..doe"@contoso.example'],
  ['".john."@contoso.example'],
  ['"a@b"@contoso.example'],
  ['"a@b@c"@contoso.example'],
  ['"a,b;c<d>e[f]"@contoso.example'],
  ['"(no comment)"@contoso.example'],
  ['"a\\"b"@contoso.example'],
  ['"a\\\\b"@contoso.example'],
  ['"\\a\\b"@contoso.example'],
  ['"\\ "@contoso.example'],
  ['"\\""@contoso.example'],
  ['"\\\\"@contoso.example'],
  ['"()<>[]:,;@\\\\\\"!#$%&\'*+-/=?^_`{}| ~.a"@contoso.example'],
  ['"jürgen müller"@contoso.example'],
  [`"${'a'.repeat(62)}"@contoso.example`],
  // Domains
  ['alice@mail.sub.contoso.example'],
  ['alice@a-b.example'],
  ['alice@a--b.example'],
  ['alice@1a.example'],
  ['alice@123.example'],
  ['alice@0.0.example'],
  ['alice@a.b.c.d.e.f.g.h.example'],
  ['alice@xn--mller-kva.example'],
  ['alice@contoso.museum'],
  ['alice@contoso.xn--p1ai'],
  ['alice@CONTOSO.EXAMPLE', 'alice@contoso.example'],
  [`alice@${'a'.repeat(63)}.example`],
  [`a@${`${'b'.repeat(61)}.`.repeat(3)}${'c'.repeat(58)}.co`],
  [`a@${'b.'.repeat(124)}co`],
  // International: RFC 6531
  ['jürgen@contoso.example'],
  ['ünï.cödé@contoso.example'],
  ['用户@contoso.example'],
  ['用户@例子.example', '用户@xn--fsqu00a.example'],
  ['अजय@डाटा.example', 'अजय@xn--c2bd1gb.example'],
  ['θσερ@εχαμπλε.example', 'θσερ@xn--mxahbxey0c.example'],
  ['Dörte@Sörensen.example', 'Dörte@xn--srensen-90a.example'],
  ['коля@пример.example', 'коля@xn--e1afmkfd.example'],
  ['alice@müller.example', 'alice@xn--mller-kva.example'],
  ['alice@MÜLLER.example', 'alice@xn--mller-kva.example'],
  ['alice@straße.example', 'alice@xn--strae-oqa.example'],
  ['alice@例え。example', 'alice@xn--r8jz45g.example'],
  ['alice@ｃｏｎｔｏｓｏ.example', 'alice@contoso.example'],
  ['\u{1f4e7}@contoso.example'],
  [`${'ü'.repeat(32)}@contoso.example`],
];

const MISSING = /^The e-mail address is missing\.$/;
const PARTS = /has a name, an @ and a domain/;
const SPACE = /a space or a line end/;
const COMMENT = /Comments in round brackets belong to the headers of messages/;
const ALONE = /Only the address itself belongs here/;
const DOT = /before the @ has a dot in the wrong place/;
const WHOLE = /quoted as a whole or not at all/;
const CLOSED = /quotation mark before the @ is not closed/;
const BEHIND = /Between the closing quotation mark and the @ stands nothing/;
const UNSEEN = /a character that cannot be seen/;
const LITERAL = /a mailbox at an IP address cannot be tested/;
const LABEL = /cannot be part of a domain/;
const DOMAIN_DOT = /^The domain has a dot in the wrong place\.$/;
const NO_DOMAIN = /is not a domain/;
const STRANGE = (character: string) => new RegExp(`The character "\\${character}" may stand before the @ only where`);
const STRANGE_DOMAIN = (character: string) => new RegExp(`The character "\\${character}" cannot be part of a domain`);

const refused: readonly (readonly [written: string, why: RegExp])[] = [
  // Parts that are missing
  ['', MISSING],
  ['   ', MISSING],
  ['alice', PARTS],
  ['@', PARTS],
  ['alice@', PARTS],
  ['@contoso.example', PARTS],
  ['contoso.example', PARTS],
  ['"alice"', PARTS],
  // Dots
  ['.alice@contoso.example', DOT],
  ['alice.@contoso.example', DOT],
  ['.@contoso.example', DOT],
  ['a..b@contoso.example', DOT],
  ['a...b@contoso.example', DOT],
  ['..@contoso.example', DOT],
  // Characters
  ['a@b@contoso.example', /more than one @/],
  ['alice@@contoso.example', /more than one @/],
  ['@@contoso.example', /more than one @/],
  ['a,b@contoso.example', STRANGE(',')],
  ['a;b@contoso.example', STRANGE(';')],
  ['a:b@contoso.example', STRANGE(':')],
  ['mailto:alice@contoso.example', STRANGE(':')],
  ['a[b@contoso.example', STRANGE('[')],
  ['a]b@contoso.example', STRANGE(']')],
  ['a\\b@contoso.example', STRANGE('\\')],
  ['a\\@b@contoso.example', /more than one @/],
  ['a\\ b@contoso.example', SPACE],
  // Spaces and folded lines: RFC 5322 3.2.2
  ['a b@contoso.example', SPACE],
  ['alice @contoso.example', SPACE],
  ['alice@ contoso.example', SPACE],
  ['alice@contoso .example', SPACE],
  ['alice@contoso. example', SPACE],
  ['ali\r\n ce@contoso.example', SPACE],
  ['alice@contoso\r\n .example', SPACE],
  ['alice\t@contoso.example', SPACE],
  ['"john\tdoe"@contoso.example', SPACE],
  ['"john\r\n doe"@contoso.example', SPACE],
  ['a\u00a0b@contoso.example', SPACE],
  ['alice@con\u3000toso.example', SPACE],
  // Comments: RFC 5322 3.2.2
  ['(comment)alice@contoso.example', COMMENT],
  ['alice(comment)@contoso.example', COMMENT],
  ['alice@(comment)contoso.example', COMMENT],
  ['alice@contoso.example(comment)', COMMENT],
  ['alice@contoso(comment).example', COMMENT],
  ['a(a(b(c)d(e(f))g)(h)i)j@contoso.example', COMMENT],
  ['alice(@contoso.example', COMMENT],
  ['alice@contoso.example)', COMMENT],
  ['"alice"(comment)@contoso.example', COMMENT],
  // Names and brackets: RFC 5322 3.4
  ['Alice <alice@contoso.example>', ALONE],
  ['<alice@contoso.example>', ALONE],
  ['alice@contoso.example>', ALONE],
  ['"Alice" <alice@contoso.example>', ALONE],
  ['<@relay.example:alice@contoso.example>', ALONE],
  ['alice@contoso.example, bob@contoso.example', SPACE],
  ['alice@contoso.example,bob@contoso.example', /more than one @/],
  // Quotes
  ['"alice@contoso.example', CLOSED],
  ['"@contoso.example', CLOSED],
  ['"a\\"@contoso.example', CLOSED],
  ['"\\"@contoso.example', CLOSED],
  ['alice"@contoso.example', WHOLE],
  ['a"b"c@contoso.example', WHOLE],
  ['alice."b"@contoso.example', WHOLE],
  ['"alice".b@contoso.example', BEHIND],
  ['"alice"."b"@contoso.example', BEHIND],
  ['"alice"b@contoso.example', BEHIND],
  ['"a"b"@contoso.example', BEHIND],
  ['""alice""@contoso.example', BEHIND],
  ['"a\\ü"@contoso.example', /Behind a backslash in quotation marks stands a character of ASCII/],
  ['"john doe" @contoso.example', BEHIND],
  // What cannot be seen
  ['a\u0000b@contoso.example', UNSEEN],
  ['"a\u0000b"@contoso.example', UNSEEN],
  ['"a\u007fb"@contoso.example', UNSEEN],
  ['a\u0007b@contoso.example', UNSEEN],
  ['a\u0085b@contoso.example', UNSEEN],
  ['\u202eecila@contoso.example', UNSEEN],
  ['alice@contoso\u200e.example', UNSEEN],
  ['a\ufeffb@contoso.example', UNSEEN],
  ['a\ud800b@contoso.example', UNSEEN],
  ['a\u2028b@contoso.example', UNSEEN],
  // Lengths: RFC 5321 4.5.3.1
  [`${'a'.repeat(65)}@contoso.example`, /longer than the 64 octets/],
  [`${'ü'.repeat(33)}@contoso.example`, /longer than the 64 octets/],
  [`"${'a'.repeat(63)}"@contoso.example`, /longer than the 64 octets/],
  [`${'a'.repeat(64)}@${'b.'.repeat(100)}co`, /longer than the 254 octets/],
  [`a@${'b.'.repeat(126)}cc`, /longer than the 253 characters/],
  [`alice@${'a'.repeat(64)}.example`, LABEL],
  // Domains
  ['alice@localhost', /has? no dot/],
  ['alice@contoso', /has? no dot/],
  ['alice@.contoso.example', DOMAIN_DOT],
  ['alice@contoso.example.', DOMAIN_DOT],
  ['alice@contoso..example', DOMAIN_DOT],
  ['alice@.', DOMAIN_DOT],
  ['alice@-contoso.example', LABEL],
  ['alice@contoso-.example', LABEL],
  ['alice@contoso.-example', LABEL],
  ['alice@a_b.example', STRANGE_DOMAIN('_')],
  ['alice@contoso.example:25', STRANGE_DOMAIN(':')],
  ['alice@contoso.example/owa', STRANGE_DOMAIN('/')],
  ['alice@contoso.example?subject=x', STRANGE_DOMAIN('?')],
  ['alice@con%74oso.example', STRANGE_DOMAIN('%')],
  ['alice@contoso.example#', STRANGE_DOMAIN('#')],
  ['alice@con\\toso.example', STRANGE_DOMAIN('\\')],
  ['alice@contoso,example', STRANGE_DOMAIN(',')],
  ['alice@"contoso".example', STRANGE_DOMAIN('"')],
  ['alice@contoso.example!', STRANGE_DOMAIN('!')],
  ['alice@contoso.123', NO_DOMAIN],
  ['alice@contoso.0x1', NO_DOMAIN],
  ['alice@1.2', NO_DOMAIN],
  ['alice@\u200d.example', NO_DOMAIN],
  // Domain literals: RFC 5321 4.1.3
  ['alice@[192.0.2.1]', LITERAL],
  ['alice@[IPv6:2001:db8::1]', LITERAL],
  ['alice@[IPv6:::]', LITERAL],
  ['alice@[x-tag:text]', LITERAL],
  ['alice@[]', LITERAL],
  ['alice@[192.0.2.1', LITERAL],
  ['alice@192.0.2.1', LITERAL],
  ['alice@2001:db8::1', LITERAL],
];

describe('an address', () => {
  test.each(taken.map(([written, address = written]) => [written, address] as const))(
    '%j is taken',
    (written, address) => {
      const parsed = parseMailbox(written);
      expect(parsed).toEqual({ ok: true, value: { address, domain: address.slice(address.lastIndexOf('@') + 1) } });
    },
  );

  test.each(refused)('%j is refused', (written, why) => {
    const parsed = parseMailbox(written);
    if (parsed.ok) throw new Error(`taken as ${parsed.value.address}`);
    expect(parsed.message).toMatch(why);
    expect(parsed.message).toMatch(/^[^\n]{1,220}\.$/);
  });

  test.each([
    ['a long word', 'a'.repeat(1_000_000)],
    ['many backslashes', `"${'\\'.repeat(1_000_001)}@contoso.example`],
    ['many quotation marks', `${'"'.repeat(1_000_000)}@contoso.example`],
    ['many dots', `a@${'.'.repeat(1_000_000)}`],
    ['many labels', `a@${'b.'.repeat(500_000)}c`],
    ['many characters outside ASCII', `a@${'ü'.repeat(200_000)}.example`],
  ])('of %s is refused within a moment', (_name, written) => {
    const begun = performance.now();
    expect(parseMailbox(written).ok).toBe(false);
    expect(performance.now() - begun).toBeLessThan(1_000);
  });
});
