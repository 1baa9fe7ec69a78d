import { type ReactNode, useEffect, useRef } from 'react';
import { useI18n } from '../i18n/i18n.tsx';
import { Glyph } from '../views/glyph.tsx';

export interface ModalProps {
  /** Unique in the page; the title's id and the test's handle are made of it. */
  name: string;
  title: string;
  /** Where it stands and how large it is. */
  className: string;
  onClose(): void;
  children: ReactNode;
}

/** A modal dialog with a title and a way out: the browser traps the focus, closes on Esc and gives the focus back. */
export function Modal({ name, title, className, onClose, children }: ModalProps) {
  const { text } = useI18n();
  const dialog = useRef<HTMLDialogElement>(null);
  useEffect(() => dialog.current?.showModal(), []);
  return (
    <dialog
      ref={dialog}
      onClose={onClose}
      aria-labelledby={`${name}-title`}
      data-testid={`${name}-panel`}
      className={`rounded-card bg-s2 p-6 text-t1 shadow-float backdrop:bg-canvas/60 ${className}`}
    >
      <div className="flex items-center">
        <h2 id={`${name}-title`} className="text-15">
          {title}
        </h2>
        <button
          type="button"
          onClick={() => dialog.current?.close()}
          aria-label={text.close}
          className="-mr-2 ml-auto grid size-8 place-items-center rounded-tile text-t2 hover:bg-s3"
        >
          <Glyph name="close" />
        </button>
      </div>
      {children}
    </dialog>
  );
}
