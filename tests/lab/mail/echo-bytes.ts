/** The same in protocols of octets: names that hold the password, and answers with it behind their end. */
import { mailboxOf } from '../layout.ts';
import { md4 } from '../ntlm/ciphers.ts';
import { type Folder, type StoreMailbox, usualMailbox } from '../store/mailbox.ts';
import { echoed } from './echo.ts';

type Named = Parameters<typeof mailboxOf>[0];

/** The password in every way in which a protocol of octets, or whoever writes a page into it, may spell it. */
export function passwordOctets(world: Named): Buffer {
  const { email, password } = mailboxOf(world);
  const hash = md4(Buffer.from(password, 'utf16le'));
  for (const bytes of [Buffer.from(password), Buffer.from(password, 'utf16le'), hash]) remember(bytes);
  const escaped = encodeURIComponent(password);
  const basic = Buffer.from(`${email}:${password}`).toString('base64');
  echoed.add(password).add(escaped).add(basic);
  const texts = [password, escaped, basic, [...password].map((letter) => `&#${letter.codePointAt(0)};`).join('')];
  return Buffer.concat([
    // At an odd place, so that no letter of two octets stands where such letters usually do.
    Buffer.from([1, 2, 3]),
    Buffer.from(password, 'utf16le'),
    ...texts.flatMap((text) => [Buffer.from([0, 255]), Buffer.from(text)]),
    Buffer.from([0, 255]),
    hash,
  ]);
}

function remember(bytes: Buffer): void {
  const shifted = [0, 1, 2].map((at) =>
    Buffer.concat([Buffer.alloc(at), bytes])
      .toString('base64')
      .slice(4, 16),
  );
  for (const piece of [bytes.toString('hex').slice(0, 20), ...shifted]) echoed.add(piece);
}

/** A mailbox whose owner and folders are called by the password, once in such a way that it stands where long names are cut. */
export function mailboxNamedByPassword(world: Named): StoreMailbox {
  const { password } = mailboxOf(world);
  const renamed = (folder: Folder): Folder => ({
    ...folder,
    name: folder.name === 'Archive' ? `${'x'.repeat(294)}${password}` : `${folder.name} ${password}`,
    children: folder.children.map(renamed),
  });
  return { ...usualMailbox, displayName: password, root: renamed(usualMailbox.root) };
}
