/** The list of roots that was asked, in words: whether a client trusts an issuer depends on whose list it goes by. */
import { publicRoots } from '#lib/net/trust.ts';
import { bundledList, trustLists } from '#lib/pki/trust-lists.ts';

const PUBLIC_LIST = bundledList(process.version);
const [first] = publicRoots;

/** @param roots PEM; a run trusts the public list, with or without roots of its own, or its own roots alone */
export function trustListOf(roots: readonly string[]): string {
  const isPublic = first !== undefined && roots.includes(first);
  const own = isPublic ? roots.length - publicRoots.length : roots.length;
  const given = own === 1 ? '1 root given for this test' : `${own} roots given for this test`;
  if (!isPublic) return given;
  return own === 0 ? PUBLIC_LIST : `${PUBLIC_LIST}, and ${given}`;
}

/** The same with what it leaves open: the clients that go by other public lists, and by which. */
export function trustListInFull(roots: readonly string[]): string {
  if (first === undefined || !roots.includes(first)) return trustListOf(roots);
  const others = trustLists.filter(({ programme }) => programme === 'Microsoft' || programme === 'Apple');
  const who = others.map(
    ({ clients, name }) => `${clients.filter((one) => one.startsWith('Outlook')).join(', ')}: ${name}`,
  );
  return `${trustListOf(roots)}. Others go by lists of their own (${who.join('; ')})`;
}
