import { md4 } from './lab/ntlm/ciphers.ts'; console.log(md4(Buffer.from('Grüße:Lab-1','utf16le')).toString('hex').toUpperCase());
