/** XML from strangers: read exactly, refused with the right place, and never at more cost than its size. */
import { describe, expect, test } from 'vitest';
import {
  child,
  childText,
  MAX_ATTRIBUTES,
  MAX_DEPTH,
  MAX_ELEMENTS,
  readXml,
  readXmlText,
  type XmlElement,
  type XmlFault,
} from '#lib/wire/xml/reader.ts';

const utf8 = (text: string): Uint8Array => new TextEncoder().encode(text);

function read(document: string | Uint8Array): XmlElement {
  const result = readXml(typeof document === 'string' ? utf8(document) : document);
  if (!result.ok) throw new Error(`refused: ${result.fault.reason}`);
  return result.root;
}

function refused(document: string): XmlFault {
  const result = readXml(utf8(document));
  if (result.ok) throw new Error('taken, but should have been refused');
  return result.fault;
}

const nested = (depth: number): string => `${'<a>'.repeat(depth)}${'</a>'.repeat(depth)}`;

describe('a document', () => {
  test('is read into names, attributes, children and trimmed text', () => {
    const root = read('<Account id="7">\n  <Action> settings </Action><Empty/>\n</Account>');
    expect([root.name, root.attributes, root.text]).toEqual(['Account', { id: '7' }, '']);
    expect(root.children.map(({ name, text }) => [name, text])).toEqual([
      ['Action', 'settings'],
      ['Empty', ''],
    ]);
  });

  test('keeps CDATA as it is and resolves the five entities and character references', () => {
    expect(read('<a><![CDATA[<b>&amp;]]></a>').text).toBe('<b>&amp;');
    expect(read('<a>&lt;&gt;&amp;&quot;&apos;&#65;&#x20AC;</a>').text).toBe(`<>&"'A€`);
    expect(read('<a b="&lt;&#65;"/>').attributes).toEqual({ b: '<A' });
  });

  test('may hold comments, processing instructions and a declaration', () => {
    expect(read('<?xml version="1.0"?><!-- one --><a><?two ?>x<!-- <b/> --></a>\n').text).toBe('x');
  });

  test.each([
    ['UTF-8', Uint8Array.of(0xef, 0xbb, 0xbf, ...utf8('<a>ü</a>'))],
    ['UTF-16, little-endian', Uint8Array.of(0xff, 0xfe, ...Buffer.from('<a>ü</a>', 'utf16le'))],
    ['UTF-16, big-endian', Uint8Array.of(0xfe, 0xff, ...Buffer.from('<a>ü</a>', 'utf16le').swap16())],
  ])('may begin with the byte order mark of %s', (_name, bytes) => {
    expect(read(bytes).text).toBe('ü');
  });

  test('says how it was written: prefixes, and white space around text', () => {
    const root = read('<p:a xmlns:p="u"><p:b> 1 </p:b><p:c>1</p:c><d> </d></p:a>');
    expect(root.prefix).toBe('p');
    expect(root.children.map(({ prefix, padded }) => [prefix, padded])).toEqual([
      ['p', true],
      ['p', false],
      ['', false],
    ]);
  });

  test('keeps an attribute whose name means something to JavaScript', () => {
    expect(Object.entries(read('<a __proto__="1" constructor="2"/>').attributes)).toEqual([
      ['__proto__', '1'],
      ['constructor', '2'],
    ]);
  });
});

describe('namespaces', () => {
  test('come from the nearest declaration, the default one and prefixed ones alike', () => {
    const root = read('<a xmlns="one" xmlns:p="two"><p:b/><c xmlns="three"><p:d xmlns:p="four"/></c><e/></a>');
    const [b, c, e] = root.children;
    const d = child(c, 'd');
    expect([root, b, c, d, e].map((each) => [each?.name, each?.namespace])).toEqual([
      ['a', 'one'],
      ['b', 'two'],
      ['c', 'three'],
      ['d', 'four'],
      ['e', 'one'],
    ]);
  });

  test('can be taken back, and leave no trace among the attributes', () => {
    const root = read('<a xmlns="one" xmlns:p="two" p:x="1" xml:lang="de"><b xmlns=""/></a>');
    expect(root.attributes).toEqual({ x: '1', lang: 'de' });
    expect(child(root, 'b')?.namespace).toBe('');
  });

  test.each(['<p:a/>', '<a p:x="1"/>', '<a><b xmlns:p="x"/><p:c/></a>'])('need a declaration: %s', (document) => {
    expect(refused(document).reason).toBe('the namespace prefix "p" is not declared');
  });
});

describe('faults', () => {
  test.each<[string, XmlFault['kind'], number, number]>([
    ['<a><b></a>', 'malformed', 1, 10],
    ['<a>\n  <b>\n</a>', 'malformed', 3, 4],
    ['<a/>x', 'malformed', 1, 5],
    ['x<a/>', 'malformed', 1, 1],
    ['<a x=1/>', 'malformed', 1, 6],
    ['<a/>\n<b/>', 'malformed', 2, 4],
    ['<a>', 'truncated', 1, 3],
    ['<a><![CDATA[', 'truncated', 1, 12],
    ['<?xml version="1.0"?>', 'truncated', 1, 1],
    ['<a>& b</a>', 'malformed', 1, 5],
    ['<a b="1" c="2" b="3"/>', 'malformed', 1, 20],
    ['<a hasOwnProperty="1" b="2" hasOwnProperty="3"/>', 'malformed', 1, 46],
  ])('of %j: %s, at line %i, column %i', (document, kind, line, column) => {
    expect(refused(document)).toMatchObject({ kind, line, column });
  });

  test.each(['', ' \r\n\t ', '\uFEFF'])('an answer without anything in it is empty: %j', (document) => {
    expect(refused(document)).toEqual({ kind: 'empty', reason: 'the answer is empty', line: 1, column: 1 });
  });

  test('a root element that ended can be had in spite of what follows it', () => {
    expect(readXmlText('<a><b/></a>\n<c/>')).toMatchObject({
      ok: true,
      root: { name: 'a', children: [{ name: 'b' }] },
      after: { kind: 'malformed', reason: 'a second root element', line: 2 },
    });
    expect(readXmlText('<a/> <!-- ok -->\n')).toMatchObject({ ok: true, after: null });
    expect(readXmlText('<a><b/>')).toMatchObject({ ok: false, fault: { kind: 'truncated' } });
  });

  test('a document cut at any place is refused, and nothing is thrown', () => {
    const whole = '<?xml version="1.0"?><a xmlns:p="q"><p:b c="&amp;">t</p:b><![CDATA[d]]><!-- e --></a>';
    expect(read(whole).name).toBe('a');
    for (let end = 0; end < whole.length; end++) expect(readXml(utf8(whole.slice(0, end))).ok).toBe(false);
  });
});

describe('limits', () => {
  test(`${MAX_DEPTH} levels are read, one more is not`, () => {
    expect(read(nested(MAX_DEPTH)).name).toBe('a');
    expect(refused(nested(MAX_DEPTH + 1)).kind).toBe('too-deep');
  });

  test(`${MAX_ELEMENTS} elements are read, one more is not`, () => {
    const flat = (count: number): string => `<a>${'<b/>'.repeat(count - 1)}</a>`;
    expect(read(flat(MAX_ELEMENTS)).children).toHaveLength(MAX_ELEMENTS - 1);
    expect(refused(flat(MAX_ELEMENTS + 1)).kind).toBe('too-many');
  });

  test(`${MAX_ATTRIBUTES} attributes are read, one more is not`, () => {
    const attributes = (count: number): string => Array.from({ length: count }, (_, at) => ` a${at}=""`).join('');
    expect(Object.keys(read(`<a${attributes(MAX_ATTRIBUTES)}/>`).attributes)).toHaveLength(MAX_ATTRIBUTES);
    expect(refused(`<a${attributes(MAX_ATTRIBUTES + 1)}/>`).kind).toBe('too-many');
  });

  test('namespaces in scope cost nothing for the elements below', () => {
    const declarations = Array.from({ length: 19_000 }, (_, at) => ` xmlns:p${at}="u"`).join('');
    const started = performance.now();
    expect(read(`<a${declarations}>${'<b/>'.repeat(19_000)}</a>`).children).toHaveLength(19_000);
    expect(performance.now() - started).toBeLessThan(5_000);
  });
});

describe('entities of its own', () => {
  test.each(['&bogus;', '&nbsp;', '&#0;', '&#x110000;'])('a reference to %s is refused', (reference) => {
    expect(refused(`<a>${reference}</a>`)).toMatchObject({ kind: 'malformed', reason: 'invalid character entity' });
  });

  test('a billion laughs are not laughed', () => {
    const levels = Array.from({ length: 9 }, (_, at) => `<!ENTITY l${at + 1} "${`&l${at};`.repeat(10)}">`);
    const document = `<!DOCTYPE a [<!ENTITY l0 "ha">${levels.join('')}]><a>&l9;</a>`;
    expect(refused(document)).toMatchObject({ kind: 'malformed', reason: 'invalid character entity' });
  });

  test('an entity that names a file or an address is never fetched', () => {
    const external = '<!DOCTYPE a [<!ENTITY x SYSTEM "file:///etc/passwd">]><a>&x;</a>';
    expect(refused(external).reason).toBe('invalid character entity');
    // Reading is synchronous and the answer is there: nothing was asked for.
    expect(read('<!DOCTYPE a SYSTEM "http://203.0.113.1/evil.dtd"><a>x</a>').text).toBe('x');
  });
});

test('a child is found by its local name, the first one of several', () => {
  const root = read('<p:a xmlns:p="u"><p:b>1</p:b><b>2</b></p:a>');
  expect(childText(root, 'b')).toBe('1');
  expect(childText(root, 'c')).toBeNull();
  expect(childText(undefined, 'b')).toBeNull();
});
