/** Bodies of the mailbox endpoint: made from the layouts, and as an independent server sent them. */
import { block, joined, u16 } from '#tests/wire/extended-buffer/blocks.ts';
import { hex } from '#tests/wire/ntlm/published.ts';

/** Of the user `/o=x/cn=u`, without auxiliary buffers. */
export const MADE = {
  connectRequest: hex('2f6f3d782f636e3d7500 00000000 e4040000 09040000 09040000 00000000'),
  connectResponse: hex(
    `00000000 00000000 60ea0000 06000000 10270000 2f6f3d782f636e3d00 5500730065007200 0000 00000000`,
  ),
  executeRequest: hex(`03000000 26000000 0000 0400 1e00 1e00 1a00 fe000001 0c000001 00000000 0a00
    2f6f3d782f636e3d7500 ffffffff 08000100 00000000`),
};

const AUXILIARY = '24000000 0000 0400 1c00 1c00 0800 01 17 03000000 0c00 01 0a 0c000000 00840c24 0800 01 48 01000000';
const NAME = '41006c00690063006500200045007800 61006d0070006c0065000000';

export const SENT = {
  connected: hex(`00000000 00000000 60ea0000 06000000 10270000 00 ${NAME} ${AUXILIARY}`),
  refused: hex(`00000000 05000780 00000000 00000000 00000000 00 0000 ${AUXILIARY}`),
  /** One ROP failed. */
  executed: hex(
    '00000000 00000000 00000000 18000000 0000 0400 1000 1000 0800 0201 b9040000 34120000 ffffffff 00000000',
  ),
  /** All of them did. */
  unread: hex('00000000 b6040000 00000000 00000000 00000000'),
  disconnected: hex('00000000 00000000 00000000'),
};

/** An answer to Execute with this payload. */
export function executedWith(payload: Uint8Array): Uint8Array {
  const rops = block(payload);
  return joined(new Uint8Array(12), u16(rops.length), u16(0), rops, new Uint8Array(4));
}
