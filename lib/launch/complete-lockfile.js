// @ts-check
import { readFileSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { completed, missingEntries } from './lockfile.js';
import { projectRoot } from './project.js';

// For maintainers, after `npm install` against a registry that lacks packages for other platforms: without this,
// `npm ci` refuses the lockfile, and with it every first `npm start`.
const file = path.join(projectRoot, 'package-lock.json');
const lockfile = JSON.parse(readFileSync(file, 'utf8'));
const missing = missingEntries(lockfile.packages);

if (missing.length > 0) {
  writeFileSync(file, `${JSON.stringify({ ...lockfile, packages: completed(lockfile.packages) }, null, 2)}\n`);
}
process.stdout.write(`${missing.length} entries added\n`);
for (const { folder, version } of missing) process.stdout.write(`  ${folder} ${version}\n`);
