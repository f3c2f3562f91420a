/** A piece of XML that is already escaped. */
export type Xml = { xml: string };

/** An element. Text is escaped, nested elements are not. */
export function element(
  name: string,
  content: string | readonly Xml[] = '',
  attributes: Record<string, string> = {},
): Xml {
  const inner = typeof content === 'string' ? escaped(content) : content.map(({ xml }) => xml).join('\n');
  const pairs = Object.entries(attributes).map(([key, value]) => ` ${key}="${escaped(value)}"`);
  return { xml: `<${name}${pairs.join('')}>${inner}</${name}>` };
}

/** A whole document with its declaration. */
export function documentOf(root: Xml): string {
  return `<?xml version="1.0" encoding="utf-8"?>\n${root.xml}`;
}

/** The text that was escaped, for the five entities of XML and numbered characters; others stay as they are. */
export function unescaped(text: string): string {
  return text.replace(/&(amp|lt|gt|quot|apos|#\d{1,7}|#x[0-9a-f]{1,6});/gi, (whole, name: string) => {
    if (!name.startsWith('#')) return named[name.toLowerCase()] ?? whole;
    const code = /^#x/i.test(name) ? Number.parseInt(name.slice(2), 16) : Number.parseInt(name.slice(1), 10);
    return code <= 0x10ffff ? String.fromCodePoint(code) : whole;
  });
}

const named: Record<string, string> = { amp: '&', lt: '<', gt: '>', quot: '"', apos: "'" };

function escaped(text: string): string {
  return text.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;').replaceAll('"', '&quot;');
}
