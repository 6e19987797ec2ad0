(** What files written by `loopcert export --to coq` rest on: one computation by
    the checker over [bigZ], and what follows from its outcome.

    Exports: [accepts], [established], [established_holds], [accepts_bound],
    [accepts_line], [fraction_quotient], [fraction_integer]. *)

From Coq Require Import Reals Lra NArith ZArith List.
From Bignums Require Import BigZ.
From Loopcert Require Import Certificate Arithmetic Rules Checker IntegersBigZ.
From Loopcert Require Import Vectors Model Meaning Establish Headline Soundness.

Import ListNotations.

Local Open Scope R_scope.

(** Coq computes as long as it takes. *)
Definition without_limits : limits := Limits (2 ^ 60) (2 ^ 120).

Definition answered (c : certificate bigZ) : answer (list (conclusion bigZ)) :=
  check integers_bigZ without_limits c.

(** The conclusions of an accepted certificate, none of any other *)
Definition established (c : certificate bigZ) : list (conclusion bigZ) :=
  match answered c with
  | Accepted found => found
  | Fails _ _ => []
  end.

(** The certificate is accepted; the lines of these numbers establish these
    conclusions; and with [Some (eta, mu)] the hypotheses of
    [certified_bound] are met. *)
Definition accepts (c : certificate bigZ)
    (expected : list (N * conclusion bigZ))
    (bound : option (frac bigZ * frac bigZ)) : bool :=
  match answered c with
  | Fails _ _ => false
  | Accepted found =>
      if all
           (fun e =>
              match at_index found (fst e - 1) with
              | None => false
              | Some f => same_conclusion integers_bigZ f (snd e)
              end) expected
      then
        match bound with
        | None => true
        | Some (eta, mu) =>
            certifies_bound integers_bigZ (about c) eta mu found
        end
      else false
  end.

Theorem established_holds c line :
  In line (established c) -> holds value_bigZ (about c) line.
Proof.
unfold established; destruct (answered c) as [found | why k] eqn:answer_eq;
  [| intros []].
intros line_in.
exact (check_sound integers_bigZ value_bigZ exact_bigZ _ c found answer_eq
  line line_in).
Qed.

Section Exported.

Variables (c : certificate bigZ) (expected : list (N * conclusion bigZ)).
Variable bound : option (frac bigZ * frac bigZ).
Hypothesis accepted : accepts c expected bound = true.

Local Notation i := (about c).

Theorem accepts_line k line :
  In (k, line) expected -> holds value_bigZ i line.
Proof.
intros line_in.
apply (establishes_holds integers_bigZ value_bigZ exact_bigZ without_limits c
  expected k line).
- intros found answer_eq f f_in.
  exact (check_sound integers_bigZ value_bigZ exact_bigZ _ c found answer_eq
    f f_in).
- unfold establishes; unfold accepts, answered in accepted.
  destruct (check integers_bigZ without_limits c); [| discriminate].
  destruct (all _ expected) eqn:all_true; [reflexivity | discriminate].
- exact line_in.
Qed.

End Exported.

Theorem accepts_bound c expected eta mu a e m :
  accepts c expected (Some (eta, mu)) = true ->
  fraction value_bigZ (alpha (about c)) = a ->
  fraction value_bigZ eta = e -> fraction value_bigZ mu = m ->
  forall theta,
  realizable (size_n (about c)) (size_d (about c))
    (examples_X value_bigZ (about c)) (labels_y value_bigZ (about c)) theta ->
  forall T,
  Rabs (dot (size_d (about c))
      (transformer (size_n (about c)) (size_d (about c)) (fun _ => e)
         (prompt (size_n (about c)) (size_d (about c))
            (examples_X value_bigZ (about c)) (labels_y value_bigZ (about c))
            vzero a) T) theta - a)
  <= Rabs a * (1 - e * m) ^ T.
Proof.
intros accepted a_eq e_eq m_eq theta theta_realizes T.
assert (all_hold := established_holds c).
unfold accepts in accepted; unfold established in all_hold.
destruct (answered c) as [found |]; [| discriminate].
destruct (all _ expected); [| discriminate].
rewrite <- a_eq, <- e_eq, <- m_eq.
exact (certified_bound integers_bigZ value_bigZ exact_bigZ (about c) eta mu
  found accepted all_hold theta T theta_realizes).
Qed.

(** How a fraction of a certificate is written over the real numbers *)
Lemma fraction_quotient (f : frac bigZ) p q :
  BigZ.to_Z (num f) = p -> BigZ.to_Z (den f) = q ->
  fraction value_bigZ f = IZR p / IZR q.
Proof. intros p_eq q_eq; rewrite <- p_eq, <- q_eq; reflexivity. Qed.

Lemma fraction_integer (f : frac bigZ) p :
  BigZ.to_Z (num f) = p -> BigZ.to_Z (den f) = 1%Z ->
  fraction value_bigZ f = IZR p.
Proof.
intros p_eq q_eq; rewrite (fraction_quotient f p 1 p_eq q_eq); field.
Qed.
