import { expect, test } from 'vitest';
import { foreignPrograms, installCommand, missingForeign, whyMissing } from '#lib/launch/foreign.js';

const absent = { name: 'absent', probe: ['throughline-absent-program'], debian: 'absent-tools', purpose: 'a test' };
const present = { name: 'present', probe: [process.execPath, '--version'], debian: 'nodejs', purpose: 'a test' };

test('what is missing is found by trying it', () => {
  expect(missingForeign([absent, present])).toEqual([absent]);
});

test('one command installs all, each package once', () => {
  expect(installCommand([absent, present, { ...absent, name: 'absent too' }])).toBe(
    'apt-get install -y absent-tools nodejs',
  );
});

test('every program of the list says what it is for and where Debian has it', () => {
  expect(new Set(foreignPrograms.map(({ name }) => name)).size).toBe(foreignPrograms.length);
  for (const program of foreignPrograms) {
    expect(program.probe.length).toBeGreaterThan(0);
    expect(program.debian).toMatch(/^[a-z0-9.+-]+$/);
    expect(program.purpose).not.toBe('');
  }
});

test('a program that is not in the list cannot be asked for', () => {
  expect(() => whyMissing('absent')).toThrow('not in the list');
});
