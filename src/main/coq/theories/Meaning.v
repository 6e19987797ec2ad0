(** What the conclusions of a certificate mean, over the real numbers.

    This file is part of what has to be read to trust the verified checker: it
    connects the data of [Certificate] with the definitions of [Model].

    Exports: [real_instance], [schedule_of], [holds]. *)

From Coq Require Import Reals NArith List Arith.
From Loopcert Require Import Vectors Model Certificate.

Local Open Scope R_scope.

Section Meaning.

Context {I : Type} (value : I -> R).

Definition fraction (f : frac I) : R := value (num f) / value (den f).

Definition entries (l : list (frac I)) : vec :=
  fun i => nth i (map fraction l) 0.

Section Instance.

Variable i : instance I.

Definition size_n : nat := length (labels i).
Definition size_d : nat := length (start i).
Definition count_T : nat := N.to_nat (loops i).
Definition query : R := fraction (alpha i).
Definition start_q : vec := entries (start i).

(** X = columns / scale *)
Definition examples_X : mat :=
  fun r c => nth r (map value (nth c (columns i) nil)) 0 / value (scale i).

(** y = labels / scale *)
Definition labels_y : vec :=
  fun r => nth r (map value (labels i)) 0 / value (scale i).

(** The step sizes of the instance. The literal step is 1/lambda_max. *)
Definition schedule_of (eta : nat -> R) : Prop :=
  match steps i with
  | Constant e => forall t, eta t = fraction e
  | Schedule es => forall t, (t < length es)%nat -> eta t = entries es t
  | LambdaMax =>
      exists l,
        lambda_max size_n size_d examples_X l /\ forall t, eta t = / l
  end.

(** A schedule says nothing about loops that it does not have. *)
Definition constant_step : Prop :=
  match steps i with Schedule _ => False | _ => True end.

Section Steps.

Variable eta : nat -> R.

(** TF after T loops, for the instance's own prompt *)
Definition output (T : nat) : vec :=
  transformer size_n size_d eta
    (prompt size_n size_d examples_X labels_y start_q query) T.

Definition iterate (T : nat) : vec :=
  descent size_n size_d eta examples_X labels_y
    (first_iterate start_q query) T.

(** <TF, theta> - alpha |theta|^2 *)
Definition error (T : nat) (theta : vec) : R :=
  dot size_d (output T) theta - query * dot size_d theta theta.

Definition factor_value (f : factor I) : R :=
  match f with
  | Power b k => fraction b ^ N.to_nat k
  | Product mu => prod count_T (fun t => 1 - eta t * fraction mu)
  | Value b => fraction b
  end.

(** The same with a product over the first k steps *)
Definition factor_over (k : nat) (f : factor I) : R :=
  match f with
  | Product mu => prod k (fun t => 1 - eta t * fraction mu)
  | _ => factor_value f
  end.

(** The number of loops [T] is the instance's, or any with a constant step. *)
Definition admits (T : nat) : Prop := T = count_T \/ constant_step.

(** The same with a power for any number of loops *)
Definition factor_at (T : nat) (f : factor I) : R :=
  match f with
  | Power b _ => fraction b ^ T
  | _ => factor_value f
  end.

(** [factor_at] is known for every T where it is a power, else for the
    instance's own. *)
Definition known_at (T : nat) (f : factor I) : Prop :=
  match f with
  | Power _ _ => constant_step \/ T = count_T
  | _ => T = count_T
  end.

(** The least-squares solution of least norm is the one in the row space
    ([RowSpace.least_squares_least_norm], [RowSpace.least_squares_unique]); it
    is the only one where rank X = d ([RowSpace.least_squares_full_rank]). *)
Definition least_norm_solution (tt : vec) : Prop :=
  least_squares size_n size_d examples_X labels_y tt /\
  in_row_space size_n size_d examples_X tt.

(** The null space of X has a basis of d - r vectors *)
Definition has_rank (r : nat) : Prop :=
  (r <= size_d)%nat /\
  exists basis : nat -> vec,
    (forall k, (k < size_d - r)%nat ->
       veq size_n (mulmv size_d examples_X (basis k)) vzero) /\
    (forall c : nat -> R,
       (forall j, (j < size_d)%nat ->
          sum (size_d - r) (fun k => c k * basis k j) = 0) ->
       forall k, (k < size_d - r)%nat -> c k = 0) /\
    (forall v, veq size_n (mulmv size_d examples_X v) vzero ->
       exists c : nat -> R, forall j, (j < size_d)%nat ->
         v j = sum (size_d - r) (fun k => c k * basis k j)).

(** y = X theta for a unit vector theta *)
Definition has_unit_task : Prop :=
  exists theta, realizable size_n size_d examples_X labels_y theta /\
    dot size_d theta theta = 1.

Definition has_kappa : Prop :=
  exists kappa, condition_number size_n size_d examples_X kappa.

Local Notation lambda_max_X := (lambda_max size_n size_d examples_X).
Local Notation lambda_min_X := (lambda_min size_n size_d examples_X).
Local Notation kappa_X := (condition_number size_n size_d examples_X).
Local Notation in_rows := (in_row_space size_n size_d examples_X).
Local Notation p := (descent_operator size_n size_d eta examples_X).
Local Notation realizable_X := (realizable size_n size_d examples_X labels_y).

Definition meaning (c : conclusion I) : Prop :=
  match c with
  | IsEquivalent =>
      (* Lemma 4.1 and Theorem 4.2, for every query, start, schedule and T *)
      forall (q : vec) (a : R),
        (forall r k, (r <= size_n)%nat -> (k <= size_d)%nat ->
           attention size_n size_d
             (prompt size_n size_d examples_X labels_y q a) r k
           = if ((r =? size_n)%nat && (k <? size_d)%nat)%bool
             then mulmv size_d (gram size_n examples_X) q k
                  + a * moment size_n examples_X labels_y k
             else 0) /\
        (a <> 0 ->
         forall (steps : nat -> R) (T : nat),
           veq size_d
             (transformer size_n size_d steps
                (prompt size_n size_d examples_X labels_y q a) T)
             (vscale a
                (descent size_n size_d steps examples_X labels_y
                   (first_iterate q a) T)))
  | IsReplayed =>
      forall t, (t <= count_T)%nat ->
        veq size_d (output t) (vscale query (iterate t))
  | HasLambdaMaxAtMost b => smooth size_n size_d examples_X (fraction b)
  | HasSmallestAtLeast b r =>
      0 < fraction b /\
      strongly_convex_on_rows size_n size_d examples_X (fraction b) /\
      has_rank (N.to_nat r)
  | HasLambdaMaxAtLeast b =>
      0 < fraction b /\ forall l, lambda_max_X l -> fraction b <= l
  | HasSmallestAtMost b =>
      0 < fraction b /\ (exists l, lambda_min_X l) /\
      forall l, lambda_min_X l -> l <= fraction b
  | HasSpectrum r ml mu sl su kl ku =>
      has_rank (N.to_nat r) /\
      (exists lmax lmin, lambda_max_X lmax /\ lambda_min_X lmin /\
         0 < fraction ml <= lmin /\ lmin <= fraction mu /\
         0 < fraction sl <= lmax /\ lmax <= fraction su) /\
      1 <= fraction kl /\
      has_kappa /\
      forall kappa, kappa_X kappa -> fraction kl <= kappa <= fraction ku
  | HasExponential kl ku =>
      1 <= fraction kl /\
      has_kappa /\
      (forall kappa, kappa_X kappa -> fraction kl <= kappa <= fraction ku) /\
      forall k, fraction kl <= k <= fraction ku ->
        (1 - / k) ^ count_T <= exp (- INR count_T / k)
  | HasSmallSteps sl su c =>
      (forall T, admits T -> forall t, (t < T)%nat ->
         0 < eta t /\ smooth size_n size_d examples_X (/ eta t)) /\
      0 <= fraction sl <= sum count_T eta /\
      sum count_T eta <= fraction su /\
      match c with
      | Some e =>
          constant_step /\ 0 < fraction e /\ (forall t, fraction e <= eta t) /\
          match steps i with
          | Constant _ => forall t, eta t = fraction e
          | _ => True
          end
      | None => True
      end
  | Contracts _ f =>
      (forall T, known_at T f -> forall e, in_rows e ->
         norm size_d (p T e) <= factor_at T f * norm size_d e) /\
      match f with
      | Product mu =>
          forall t, (t < count_T)%nat -> forall e, in_rows e ->
            norm size_d (p (S t) e)
            <= (1 - eta t * fraction mu) * norm size_d (p t e)
      | _ => True
      end
  | NotContracts gain every =>
      1 <= fraction gain /\
      (exists l, (lambda_max_X l \/ lambda_min_X l) /\
         if every
         then forall t, fraction gain <= Rabs (1 - eta t * l)
         else fraction gain <= Rabs (prod count_T (fun t => 1 - eta t * l))) /\
      if every
      then exists e, in_rows e /\ 0 < norm size_d e /\
             forall t, norm size_d e <= norm size_d (p t e)
      else exists e, in_rows e /\ 0 < norm size_d e /\
             norm size_d e <= norm size_d (p count_T e)
  | IsRealizable theta s =>
      realizable_X (entries theta) /\
      fraction s = dot size_d (entries theta) (entries theta) /\
      match task i with
      | Some own => veq size_d (entries theta) (entries own)
      | None => True
      end
  | HasLeastSquares theta s res r =>
      least_norm_solution (entries theta) /\
      fraction s = dot size_d (entries theta) (entries theta) /\
      fraction res
      = 2 * loss size_n size_d examples_X labels_y (entries theta) /\
      (forall v, loss size_n size_d examples_X labels_y (entries theta)
                 <= loss size_n size_d examples_X labels_y v) /\
      has_rank (N.to_nat r)
  | IsUnmet _ hypothesis =>
      match hypothesis with
      | LabelNoise => forall theta, ~ realizable_X theta
      | RankDeficient => exists r, (r < size_d)%nat /\ has_rank r
      | NonzeroStart => ~ veq size_d start_q vzero
      | OtherNorm =>
          (* the only theta* there is, or the one that the instance names *)
          exists theta, realizable_X theta /\
            (has_rank size_d \/
             match task i with
             | Some own => veq size_d theta (entries own)
             | None => False
             end) /\
            dot size_d theta theta <> 1
      | LargeStep =>
          forall l, lambda_max_X l ->
            exists t, (constant_step \/ (t < count_T)%nat) /\
              ~ (0 < eta t /\ eta t * l <= 1)
      end
  | HasTheorem44 kl ku =>
      (* Theorem 4.4, for the true condition number *)
      has_unit_task /\ has_kappa /\
      forall kappa, kappa_X kappa ->
        fraction kl <= kappa <= fraction ku /\
        forall theta, realizable_X theta ->
          Rabs (dot size_d (output count_T) theta - query)
          <= Rabs query * exp (- INR count_T / (2 * kappa))
  | HasTightBound f =>
      has_unit_task /\
      forall theta, realizable_X theta -> forall T, known_at T f ->
        Rabs (dot size_d (output T) theta - query)
        <= Rabs query * factor_at T f
  | HasDoubledExponent =>
      has_unit_task /\ has_kappa /\
      forall theta, realizable_X theta -> forall kappa, kappa_X kappa ->
        Rabs (dot size_d (output count_T) theta - query)
        <= Rabs query * exp (- INR count_T / kappa)
  | IsTwoSided l u =>
      (* without loops there is no bound of a literal step from above *)
      has_unit_task /\
      forall theta, realizable_X theta -> forall T,
        (T = 0%nat \/ count_T <> 0%nat ->
         fraction l ^ T * Rabs query
         <= Rabs (dot size_d (output T) theta - query)
         <= fraction u ^ T * Rabs query) /\
        Rabs (dot size_d (output (S T)) theta - query)
        <= Rabs (dot size_d (output T) theta - query) /\
        (dot size_d (output T) theta - query) * query <= 0
  | HasGeneralLabels s f =>
      forall tt, least_norm_solution tt -> forall T, known_at T f ->
        Rsqr (error T tt) <= fraction s * Rsqr (factor_at T f)
  | HasLimitError theta limit s f =>
      realizable_X (entries theta) /\
      (exists tt, least_norm_solution tt /\
         fraction limit
         = Rabs query
           * (dot size_d (entries theta) (entries theta) - dot size_d tt tt)) /\
      forall T, known_at T f ->
        Rsqr (error T (entries theta) + query / Rabs query * fraction limit)
        <= fraction s * Rsqr (factor_at T f)
  | HasNoise s f floor =>
      match task i with
      | Some own =>
          fraction s = dot size_d (entries own) (entries own) /\
          Rabs (error count_T (entries own))
          <= Rabs query
             * (fraction s * factor_at count_T f + sqrt (fraction floor))
      | None => False
      end
  | HasErrorIdentity theta =>
      realizable_X (entries theta) /\
      forall T, admits T ->
        error T (entries theta)
        = - query * dot size_d (entries theta) (p T (entries theta))
  | HasErrorValue _ t l u =>
      forall tt, least_norm_solution tt ->
        fraction l <= Rabs (error (N.to_nat t) tt) <= fraction u
  | HasTheorem44Value l u =>
      has_kappa /\
      forall kappa, kappa_X kappa ->
        fraction l
        <= Rabs query * exp (- INR count_T / (2 * kappa))
        <= fraction u
  | HasRoundedIterates iterates =>
      forall t r c, In (t, r, c) iterates ->
        forall j, (j < size_d)%nat ->
          Rabs (entries r j - iterate (N.to_nat t) j) <= fraction c
  | HasRoundedTrajectory iterates f a s =>
      let first := entries (hd nil iterates) in
      let last := entries (last iterates nil) in
      forall tt, least_squares size_n size_d examples_X labels_y tt ->
        fraction s = dot size_d (vsub first tt) (vsub first tt) /\
        norm size_d (vsub last tt)
        <= factor_over (length iterates - 1) f * norm size_d (vsub first tt)
           + fraction a
  end.

End Steps.

(** The conclusion holds for the step sizes of the instance. *)
Definition holds (c : conclusion I) : Prop :=
  forall eta, schedule_of eta -> meaning eta c.

End Instance.

End Meaning.
