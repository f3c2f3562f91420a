// @ts-check

/**
 * @typedef {object} LockedPackage
 * @property {string} [version]
 * @property {boolean} [dev]
 * @property {boolean} [optional]
 * @property {string[]} [os]
 * @property {string[]} [cpu]
 * @property {string[]} [libc]
 * @property {Record<string, string>} [optionalDependencies]
 *
 * @typedef {Record<string, LockedPackage>} LockedPackages  by folder, as in package-lock.json
 */

/**
 * The optional packages that locked packages ask for and that have no entry of their own. A registry that lacks a package
 * for another platform makes `npm install` leave it out in silence, and `npm ci` then refuses the whole lockfile.
 * @param {LockedPackages} packages
 * @returns {{ folder: string, version: string, dev: boolean }[]}
 */
export function missingEntries(packages) {
  return Object.entries(packages).flatMap(([owner, { optionalDependencies = {}, dev = false }]) =>
    Object.entries(optionalDependencies)
      .filter(([name]) => !packages[`node_modules/${name}`] && !packages[`${owner}/node_modules/${name}`])
      .map(([name, range]) => ({ folder: `node_modules/${name}`, version: range.replace(/^[^\d]*/, ''), dev })),
  );
}

/** The marks of platforms in names of packages, as npm's own words for them. */
const systems = ['android', 'darwin', 'freebsd', 'linux', 'win32'];
const processors = ['arm64', 'arm', 'ia32', 'wasm32', 'x64'];
const libraries = { gnu: 'glibc', gnueabihf: 'glibc', musl: 'musl' };

/**
 * What a package is for, read from its name: "swc-linux-x64-musl".
 * @param {string} folder
 * @returns {Pick<LockedPackage, 'os' | 'cpu' | 'libc'>}
 */
export function platformIn(folder) {
  const words = folder.split(/[-/]/);
  const os = systems.filter((system) => words.includes(system));
  const cpu = processors.filter((processor) => words.includes(processor));
  const libc = os.includes('linux')
    ? Object.entries(libraries).flatMap(([word, library]) => (words.includes(word) ? [library] : []))
    : [];
  return { ...(os.length && { os }), ...(cpu.length && { cpu }), ...(libc.length && { libc }) };
}

/**
 * The packages with an entry for each one that is missing, in npm's order. The new entries carry no checksum, as there is
 * nothing here to take one of; no machine like this one installs them.
 * @param {LockedPackages} packages
 * @returns {LockedPackages}
 */
export function completed(packages) {
  const added = missingEntries(packages).map(({ folder, version, dev }) => {
    return [folder, { version, ...(dev && { dev }), optional: true, ...platformIn(folder) }];
  });
  const all = [...Object.entries(packages), ...added].sort(([a], [b]) => String(a).localeCompare(String(b), 'en'));
  return Object.fromEntries(all);
}
