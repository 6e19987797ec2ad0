(** The assumptions of the main theorems, compared with audit.expected by
    [verify]: nothing but axioms of the standard library, those of its real
    numbers and the classical logic that its analysis uses.

    The main theorems are those that the page on the formal part lists; a test
    holds both lists to each other. *)

From Loopcert Require Attention Convergence Convex Definite Forms Grid
  Headline Nearest Noise Rounding Softmax Soundness
  Spectral Spectrum Stronger Vectors.

Print Assumptions Attention.lemma_4_1.
Print Assumptions Attention.theorem_4_2.
Print Assumptions Attention.theorem_4_2_output.
Print Assumptions Vectors.cauchy_schwarz.
Print Assumptions Forms.cauchy_schwarz_form.
Print Assumptions Convergence.lemma_4_3.
Print Assumptions Convergence.lemma_5_3.
Print Assumptions Convergence.lemma_5_5.
Print Assumptions Convergence.lemma_5_6.
Print Assumptions Convergence.lemma_5_6_tight.
Print Assumptions Convergence.fact_5_7.
Print Assumptions Convergence.theorem_5_8.
Print Assumptions Convergence.theorem_4_4.
Print Assumptions Convergence.theorem_4_4_schedule.
Print Assumptions Convergence.tight_bound.
Print Assumptions Convergence.tight_bound_schedule.
Print Assumptions Convergence.doubled_exponent.
Print Assumptions Convergence.doubled_exponent_schedule.
Print Assumptions Definite.psd_cauchy_schwarz.
Print Assumptions Definite.dominant_psd.
Print Assumptions Definite.factor_psd.
Print Assumptions Definite.definite_surjective.
Print Assumptions Spectral.spectral_theorem.
Print Assumptions Spectral.functional_calculus.
Print Assumptions Spectrum.lambda_max_exists.
Print Assumptions Spectrum.lambda_min_exists.
Print Assumptions Spectrum.condition_number_between.
Print Assumptions Spectrum.non_contraction_constant.
Print Assumptions Spectrum.non_contraction_schedule.
Print Assumptions Grid.contraction_schedule_grid.
Print Assumptions Convex.gradient_descent_convergence.
Print Assumptions Convex.loss_descent_convergence.
Print Assumptions Stronger.error_identity.
Print Assumptions Stronger.two_sided.
Print Assumptions Stronger.error_sign.
Print Assumptions Stronger.error_decreasing.
Print Assumptions Stronger.error_double.
Print Assumptions Stronger.better_constant_step.
Print Assumptions Stronger.any_start_constant.
Print Assumptions Stronger.general_labels.
Print Assumptions Stronger.limit_error.
Print Assumptions Stronger.limit_error_cv.
Print Assumptions Noise.noise_bound.
Print Assumptions Rounding.rounded_trajectory_constant.
Print Assumptions Rounding.rounded_trajectory_schedule.
Print Assumptions Softmax.softmax_derivative.
Print Assumptions Softmax.softmax_regression_lipschitz.
Print Assumptions Softmax.softmax_shift.
Print Assumptions Nearest.nearest_solution.
Print Assumptions Soundness.check_sound.
Print Assumptions Headline.certified_bound.
