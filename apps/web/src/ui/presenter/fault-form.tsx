import type { FaultKind, FaultParam, FaultParams } from '@portolan/shared';
import { type ComponentProps, useState } from 'react';
import { useI18n } from '../../i18n/i18n.tsx';
import { Button, Select } from './controls.tsx';

interface FaultFormProps {
  kind: FaultKind;
  disabled: boolean;
  onBegin(params: FaultParams): void;
}

/** What a fault may be told, and the button that begins it. What is left alone has its default. */
export function FaultForm({ kind, disabled, onBegin }: FaultFormProps) {
  const { text, language } = useI18n();
  const [params, setParams] = useState<FaultParams>({});
  return (
    <form
      className="flex flex-col gap-2 p-3"
      onSubmit={(event) => {
        event.preventDefault();
        onBegin(params);
      }}
    >
      <p className="text-12 text-t2">{kind.description[language]}</p>
      {kind.params.map((param) => (
        <Param
          key={param.id}
          param={param}
          value={params[param.id] ?? param.default}
          onChange={(value) => setParams({ ...params, [param.id]: value })}
        />
      ))}
      <div>
        <Button type="submit" disabled={disabled} data-testid={`begin-${kind.id}`}>
          {kind.lasts ? text.faultBegin : text.faultOnce}
        </Button>
      </div>
    </form>
  );
}

type Value = FaultParams[string];
type Texts = Extract<Value, readonly string[]>;

function Param({ param, value, onChange }: { param: FaultParam; value: Value; onChange(value: Value): void }) {
  const { language } = useI18n();
  const title = param.title[language];
  switch (param.type) {
    case 'number':
      return <NumberParam param={param} title={title} value={Number(value)} onChange={onChange} />;
    case 'choice':
      return <Choice title={title} choices={param.choices} value={String(value)} onChange={onChange} />;
    case 'choices':
      return (
        <Choices
          title={title}
          choices={param.choices}
          value={typeof value === 'object' ? value : []}
          onChange={onChange}
        />
      );
    case 'text':
      return (
        <Input
          title={title}
          value={String(value)}
          maxLength={param.maxLength}
          onChange={(event) => onChange(event.target.value)}
        />
      );
  }
}

/** A labelled field. */
function Input({ title, ...props }: { title: string } & ComponentProps<'input'>) {
  return (
    <label className="grid grid-cols-[112px_minmax(0,1fr)] items-center gap-2">
      <span className="text-12 text-t2">{title}</span>
      <input {...props} className="h-8 w-full min-w-0 rounded-tile border border-line2 bg-s1 px-2" />
    </label>
  );
}

interface NumberProps {
  param: Extract<FaultParam, { type: 'number' }>;
  title: string;
  value: number;
  onChange(value: number): void;
}

function NumberParam({ param: { min, max, unit }, title, value, onChange }: NumberProps) {
  const { text } = useI18n();
  return (
    <Input
      title={`${title} (${text.faultUnits[unit]})`}
      type="number"
      min={min}
      max={max}
      step={unit === 'ratio' ? 0.05 : 1}
      value={value}
      onChange={(event) => onChange(Number(event.target.value))}
    />
  );
}

interface ChoiceProps<T> {
  title: string;
  choices: readonly string[];
  value: T;
  onChange(value: T): void;
}

function Choice({ title, choices, value, onChange }: ChoiceProps<string>) {
  const { text } = useI18n();
  return (
    <Select
      label={title}
      value={value}
      options={choices.map((choice) => [choice, choice || text.faultAny])}
      onChange={onChange}
    />
  );
}

function Choices({ title, choices, value, onChange }: ChoiceProps<Texts>) {
  return (
    <fieldset className="flex flex-wrap gap-x-4 gap-y-1">
      <legend className="mb-1 text-12 text-t2">{title}</legend>
      {choices.map((choice) => (
        <label key={choice} className="flex min-h-6 items-center gap-1.5">
          <input
            type="checkbox"
            checked={value.includes(choice)}
            onChange={({ target }) =>
              onChange(target.checked ? [...value, choice] : value.filter((one) => one !== choice))
            }
          />
          {choice}
        </label>
      ))}
    </fieldset>
  );
}
