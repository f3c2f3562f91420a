/** What the arguments of the address book’s calls have in common. [MS-OXNSPI] 2.2 */
import type { NdrReader } from '../../ndr/reader.ts';
import type { NdrWriter } from '../../ndr/writer.ts';
import { tagName } from '../property-tags.ts';
import { readStat, type Stat, writeStat } from '../stat.ts';

export const statIn = (ndr: NdrWriter, stat: Stat): NdrWriter =>
  ndr.aligned((fields) => writeStat(fields, 'pStat', stat));

export const statOut = (ndr: NdrReader): Stat => ndr.aligned((fields) => readStat(fields, 'pStat'));

/** A PropertyTagArray_r, which has room for one more than it holds; null for none. 2.2.2.2 */
export function tagsIn(ndr: NdrWriter, name: string, tags: readonly number[] | null): NdrWriter {
  return ndr.pointer(name, tags, (values) => {
    ndr
      .u32('maxCount', values.length + 1)
      .u32('cValues', values.length)
      .slice(values.length);
    ndr.array('aulPropTag', values, (tag) => ndr.u32('tag', tag, tagName));
  });
}

/** @param words says what an element means: they are tags, or minimal entry ids */
export function tagsOut(
  ndr: NdrReader,
  name: string,
  words: (value: number) => string = tagName,
): readonly number[] | null {
  return ndr.pointer(name, () => {
    const most = ndr.u32('maxCount');
    const count = ndr.u32('cValues');
    if (ndr.slice(most) !== count) throw ndr.fault('actualCount', `not the ${count} elements of before`);
    return ndr.array('aulPropTag', count, 4, () => ndr.u32('value', words));
  })();
}

/** A StringsArray_r or WStringsArray_r. 2.2.7 */
export function stringsIn(
  ndr: NdrWriter,
  name: string,
  texts: readonly string[],
  write: 'text8' | 'text16',
): NdrWriter {
  return ndr.group(name, () =>
    ndr.construct(() => {
      ndr.u32('maxCount', texts.length).u32('count', texts.length);
      ndr.array('strings', texts, (text) => ndr.pointer('pointer', text, () => ndr[write]('string', text)));
    }),
  );
}

export function stringsOut(ndr: NdrReader, name: string, read: 'text8' | 'text16'): readonly string[] {
  return ndr.group(name, () => {
    const texts = ndr.construct(() => {
      const most = ndr.u32('maxCount');
      ndr.again('count', most);
      return ndr.array('strings', most, 4, () => ndr.pointer('pointer', () => ndr[read]('string')));
    });
    return texts.map((referent) => {
      const text = referent();
      if (text === null) throw ndr.fault('strings', 'a null pointer where a name belongs');
      return text;
    });
  });
}
