/** Where a secret becomes plain text: a short list, so that a new place is a decision and not an accident. */
import { expect, test } from 'vitest';
import { isNode, literal, nodesIn, productCode, type SyntaxNode, treeOf } from './sources.ts';

/** How often each file takes the value of a Secret, and what for. */
const REVEALED: Readonly<Record<string, number>> = {
  // The Authorization header.
  'lib/auth/basic.ts': 1,
  // The form in which a device code is sent.
  'lib/auth/bearer/device-flow.ts': 1,
  // What has to be hidden from the moment at which it comes.
  'lib/auth/bearer/run-secrets.ts': 2,
  // The Authorization header of a token, and what a token says about itself.
  'lib/auth/bearer/token.ts': 2,
  // The private key of the client's own certificate, into the terms of a handshake.
  'lib/auth/client-certificate.ts': 1,
  // The private pipe to a worker: a password, a token, a file and its pass phrase.
  'lib/auth/handover.ts': 4,
  // The hash that NTLM knows a password by.
  'lib/auth/ntlm/response.ts': 1,
  // What has to be hidden of it wherever bytes are shown.
  'lib/auth/ntlm/traces.ts': 1,
  // A file is opened with its pass phrase.
  'lib/auth/pkcs12/open.ts': 2,
  // What has to be hidden in recordings.
  'lib/auth/scrub.ts': 1,
};

test('a secret is revealed in these places alone', () => {
  // Components cannot get hold of a secret: a border keeps them from lib/auth. What they reveal is a row of the tree.
  const holders = productCode().filter((file) => !file.startsWith('components/'));
  const found = holders.map((file) => [file, [...nodesIn(treeOf(file))].filter(takesReveal).length] as const);
  expect(Object.fromEntries(found.filter(([, count]) => count > 0))).toEqual(REVEALED);
});

/** `secret.reveal`, `secret['reveal']` and `const { reveal } = secret`, called or not. */
function takesReveal({ type, property, key, value }: SyntaxNode): boolean {
  if (type === 'MemberExpression') return isReveal(property);
  return type === 'Property' && isReveal(key) && isNode(value);
}

function isReveal(node: unknown): boolean {
  return literal(node) === 'reveal' || (isNode(node) && node.type === 'Identifier' && node.name === 'reveal');
}

test('they all lie in lib/auth', () => {
  expect(Object.keys(REVEALED).filter((file) => !file.startsWith('lib/auth/'))).toEqual([]);
});
