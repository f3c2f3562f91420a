/** The path of what a handshake has shown, built once: four judges ask for it, and a hostile chain makes it slow. */
import { parseChain, type ShownCertificates } from './certificates.ts';
import { buildPath, type Path } from './path.ts';

const known = new WeakMap<ShownCertificates, Path>();

/** The same path for the same handshake; `now` counts from its first use. */
export function pathOf(shown: ShownCertificates, now: number): Path {
  const built = known.get(shown) ?? build(shown, now);
  known.set(shown, built);
  return built;
}

function build(shown: ShownCertificates, now: number): Path {
  const [leaf, ...rest] = parseChain(shown.chain);
  return buildPath(leaf, rest, shown.roots, now);
}
