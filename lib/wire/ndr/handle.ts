/**
 * Context handles: what a server gives out when a conversation begins, and wants to see again in every call of it. Opaque to a client,
 * attributes included: servers set them to other values than zero. C706 4.2.16.6
 */

export const HANDLE_BYTES = 20;

/** What stands where there is no conversation: before it begins, once it has ended, and where it was refused. */
export const NULL_HANDLE = new Uint8Array(HANDLE_BYTES);

export const isNullHandle = (handle: Uint8Array): boolean => handle.every((octet) => octet === 0);
