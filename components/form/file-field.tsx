/** Questions that are answered with files. */
import type { ChangeEvent } from 'react';
import { boxProps, Question, TextField } from './field.tsx';

/** PKCS #12. Some systems know the ending, some the type. */
export const LOCKED_FILES = '.pfx,.p12,application/x-pkcs12';

interface FileFieldProps {
  form: string;
  name: string;
  label: string;
  hint: string;
  accept: string;
  multiple?: boolean;
  error?: string | undefined;
}

interface FileOrTextProps extends FileFieldProps {
  /** Label of the box for pasting; the pasted text has the name of the files with `Text` behind it. */
  paste: string;
  pasteHint?: string;
  pasted: string;
}

/** All files of a form together; the server refuses more, and a browser can say so before it has sent them. */
const MOST_BYTES = 1024 * 1024;

export function FileField({ form, name, label, hint, accept, multiple = false, error }: FileFieldProps) {
  return (
    <Question form={form} name={name} label={label} hint={hint} error={error}>
      <input
        {...boxProps({ form, name, hint, error })}
        type="file"
        accept={accept}
        multiple={multiple}
        onChange={refuseLarge}
        className="field file-field mt-1.5"
      />
    </Question>
  );
}

/** The same, or the text of a file pasted beside it. */
export function FileOrText({ paste, pasteHint, pasted, ...file }: FileOrTextProps) {
  const { form, name } = file;
  return (
    <div className="grid gap-3">
      <FileField {...file} />
      <TextField
        form={form}
        name={`${name}Text`}
        label={paste}
        hint={pasteHint}
        rows={3}
        autoComplete="off"
        autoCapitalize="none"
        spellCheck={false}
        placeholder="-----BEGIN CERTIFICATE-----"
        defaultValue={pasted}
        className="font-mono text-[0.8125rem]"
      />
    </div>
  );
}

function refuseLarge({ currentTarget: box }: ChangeEvent<HTMLInputElement>): void {
  const size = [...(box.files ?? [])].reduce((sum, file) => sum + file.size, 0);
  box.setCustomValidity(size > MOST_BYTES ? 'The files together are larger than 1 MiB.' : '');
  box.reportValidity();
}
