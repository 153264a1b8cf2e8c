import { useTranslationRef } from '@backstage/frontend-plugin-api';
import { Button, TextField } from '@backstage/ui';
import { configKeySchema } from '@orrery/backstage-plugin-config-center-common';
import { useEffect, useRef, useState, type FormEvent } from 'react';
import { configTranslationRef } from '../../translation';
import styles from './ConfigView.module.css';

/** Asks for the name of a new key. */
export function NewKey(props: {
  prefix: string;
  keys: readonly string[];
  onCreate: (key: string) => void;
}) {
  const { prefix, keys, onCreate } = props;
  const { t } = useTranslationRef(configTranslationRef);
  const [isOpen, setOpen] = useState(false);
  const [name, setName] = useState('');
  const formRef = useRef<HTMLFormElement>(null);
  useEffect(() => {
    // The button that was pressed is gone; what it opened goes on from there.
    formRef.current?.querySelector('input')?.focus();
  }, [isOpen]);
  const isTaken = keys.includes(name);
  const isBad = name !== '' && !configKeySchema.safeParse(name).success;
  if (!isOpen) {
    return (
      <Button size="small" variant="secondary" onPress={() => setOpen(true)}>
        {t('tree.newKey')}
      </Button>
    );
  }
  const submit = (event: FormEvent) => {
    event.preventDefault();
    if (name !== '' && !isTaken && !isBad) {
      onCreate(name);
      setOpen(false);
      setName('');
    }
  };
  const complaint =
    (isTaken && t('tree.taken')) || (isBad && t('tree.bad')) || undefined;
  return (
    <form ref={formRef} onSubmit={submit} className={styles.form}>
      <TextField
        label={t('tree.newKeyName')}
        description={complaint ?? t('tree.newKeyHelp', { prefix })}
        isInvalid={complaint !== undefined}
        value={name}
        onChange={setName}
      />
      <div className={styles.row}>
        <Button
          size="small"
          type="submit"
          isDisabled={name === '' || complaint !== undefined}
        >
          {t('tree.create')}
        </Button>
        <Button
          size="small"
          variant="tertiary"
          onPress={() => {
            setOpen(false);
            setName('');
          }}
        >
          {t('key.discard')}
        </Button>
      </div>
    </form>
  );
}
