/** Changes to bytes: blind ones, and ones that keep the lengths around a DER value right, so that they reach the fields behind it. */
import type { Random } from '#tests/lab/random.ts';

type Bytes = Uint8Array;

const INTERESTING = [0x00, 0x01, 0x7f, 0x80, 0x81, 0x82, 0x84, 0xff];
const MOST = 65_536;

/** One change somewhere, whatever it hits. */
export function mutateBytes(bytes: Bytes, random: Random): Bytes {
  const at = random.below(bytes.length + 1);
  const length = random.below(Math.min(64, bytes.length - at) + 1);
  const [before, part, after] = [bytes.subarray(0, at), bytes.subarray(at, at + length), bytes.subarray(at + length)];
  const octet = one(random, [random.below(256), one(random, INTERESTING)]);
  const changes: readonly (() => readonly Bytes[])[] = [
    () => [before, Uint8Array.of(octet), bytes.subarray(Math.min(at + 1, bytes.length))],
    () => [before, Uint8Array.of(octet), bytes.subarray(at)],
    () => [before, after],
    () => [before, part, part, after],
    () => [before],
    () => [before, ...Array<Bytes>(Math.min(random.below(1000), Math.floor(MOST / (length + 1)))).fill(part), after],
  ];
  return new Uint8Array(Buffer.concat(one(random, changes)()));
}

/** One of these, of which there has to be one at least. */
export function one<T>(random: Random, choices: readonly T[]): T {
  const choice = choices[random.below(choices.length)];
  if (choice === undefined) throw new Error('nothing to choose from');
  return choice;
}

interface Node {
  tag: number;
  /** What stands before the values inside: the count of unused bits of a BIT STRING. */
  prefix: Bytes;
  content: Bytes | Node[];
}

/** One change to a DER value somewhere in the tree; falls back to a blind change where the bytes are no tree. */
export function mutateValues(bytes: Bytes, random: Random): Bytes {
  const roots = parse(bytes, 0);
  if (roots === null || roots.length === 0) return mutateBytes(bytes, random);
  const parents = listsIn(roots);
  const list = one(
    random,
    parents.filter((each) => each.length > 0),
  );
  const index = random.below(list.length);
  const node = list[index];
  if (node === undefined) return bytes;
  const other = copyOf(
    one(
      random,
      one(
        random,
        parents.filter((each) => each.length > 0),
      ),
    ),
  );
  const changes: readonly (() => void)[] = [
    () => list.splice(index, 1),
    () => list.splice(index, 0, ...Array<Node>(one(random, [1, 2, 300])).fill(node)),
    () => list.splice(index, 1, other),
    () => list.reverse(),
    () => {
      node.tag = one(random, [random.below(256), node.tag ^ 0x20, 0x30, 0x0c, 0x1e]);
    },
    () => {
      node.content = mutateBytes(node.content instanceof Uint8Array ? node.content : encodeAll(node.content), random);
    },
  ];
  one(random, changes)();
  const changed = encodeAll(roots);
  return changed.length > MOST ? changed.subarray(0, MOST) : changed;
}

/** As it is now: a value that were put into itself would have no end. */
const copyOf = ({ tag, prefix, content }: Node): Node => ({
  tag,
  prefix,
  content: content instanceof Uint8Array ? content : encodeAll(content),
});

/** All lists of values beside each other. */
function listsIn(nodes: Node[]): Node[][] {
  return [nodes, ...nodes.flatMap(({ content }) => (content instanceof Uint8Array ? [] : listsIn(content)))];
}

/** Null where it is no DER to the end. */
function parse(bytes: Bytes, depth: number): Node[] | null {
  const nodes: Node[] = [];
  for (let at = 0; at < bytes.length; ) {
    const [tag = 0, first = 0x80] = bytes.subarray(at, at + 2);
    const extra = first < 0x80 ? 0 : first & 0x7f;
    if (first === 0x80 || extra > 3 || depth > 20) return null;
    const begin = at + 2 + extra;
    const length = extra === 0 ? first : bytes.subarray(at + 2, begin).reduce((sum, octet) => sum * 256 + octet, 0);
    if (begin + length > bytes.length) return null;
    nodes.push(nodeOf(tag, bytes.subarray(begin, begin + length), depth));
    at = begin + length;
  }
  return nodes;
}

function nodeOf(tag: number, content: Bytes, depth: number): Node {
  const isConstructed = (tag & 0x20) !== 0;
  // Strings of octets and of bits often hold further values.
  const skip = tag === 0x03 ? 1 : 0;
  const mayHold = isConstructed || tag === 0x03 || tag === 0x04;
  const inner = mayHold && content.length > skip ? parse(content.subarray(skip), depth + 1) : null;
  if (inner === null) return { tag, prefix: new Uint8Array(), content };
  return { tag, prefix: content.subarray(0, skip), content: inner };
}

const encodeAll = (nodes: readonly Node[]): Bytes => new Uint8Array(Buffer.concat(nodes.map(encode)));

function encode({ tag, prefix, content }: Node): Bytes {
  const body = Buffer.concat([prefix, content instanceof Uint8Array ? content : encodeAll(content)]);
  const { length } = body;
  const octets =
    length < 0x80
      ? [length]
      : length < 0x100
        ? [0x81, length]
        : [0x82 + (length > 0xffff ? 1 : 0), ...lengthOctets(length)];
  return new Uint8Array(Buffer.concat([Uint8Array.of(tag, ...octets), body]));
}

const lengthOctets = (length: number): number[] =>
  (length > 0xffff ? [length >> 16] : []).concat((length >> 8) & 0xff, length & 0xff);
