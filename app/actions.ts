'use server';
/** What the forms do. Each works without JavaScript, and each checks anew that the run is this person's. */
import { notFound, redirect } from 'next/navigation';
import { Secret } from '#lib/auth/secret.ts';
import { origin, ownerAccess, ownerHash } from './access.ts';
import type { FormState, ShareState } from './forms.ts';
import { service } from './service.ts';

/** Longer than any field may be: what is sent back after a mistake is no larger than a form. */
const LONGEST = 1_024;

/** The fields of all tests, but for the password. */
const FIELDS = ['email', 'username', 'ignoreCertificateProblems', 'host', 'port'] as const;

/** Starts a test and goes to its result, or says at which field something is missing. The password is never sent back. */
export async function startTest(_state: FormState, data: FormData): Promise<FormState> {
  const password = text(data, 'password');
  const values = valuesOf(data);
  const request = { analyzer: text(data, 'analyzer'), values };
  const started = await service().start(request, password === '' ? null : Secret.of(password), await ownerHash());
  if (!started.ok) return { values, errors: started.errors };
  redirect(`/run/${started.run}`);
}

/** Ends a test that goes on. */
export async function cancelTest(data: FormData): Promise<void> {
  service().cancel(await ownRun(data));
}

/** Removes a result. */
export async function deleteTest(data: FormData): Promise<void> {
  await service().remove(await ownRun(data));
  redirect('/');
}

/** Makes a share link. */
export async function shareTest(_state: ShareState, data: FormData): Promise<ShareState> {
  const run = await ownRun(data);
  try {
    const { token, expiresAt } = await service().share(run);
    return { url: `${await origin()}/r/${token}`, expiresAt: new Date(expiresAt).toISOString(), error: null };
  } catch {
    // A result that could not be stored has nothing that a link could point to.
    return { url: null, expiresAt: null, error: 'No link can be made, because this result could not be stored.' };
  }
}

/** Makes every share link of a result worthless. */
export async function revokeLinks(data: FormData): Promise<void> {
  await service().revoke(await ownRun(data));
}

async function ownRun(data: FormData): Promise<string> {
  const access = await ownerAccess(text(data, 'run'));
  return access === null ? notFound() : access.run;
}

function text(data: FormData, name: string): string {
  const value = data.get(name);
  return typeof value === 'string' ? value : '';
}

/** What was entered, without the password. Nothing else is read: a form may hold thousands of fields. */
function valuesOf(data: FormData): Record<string, string> {
  return Object.fromEntries(FIELDS.map((name) => [name, text(data, name).slice(0, LONGEST)]));
}
