//! Access, validity, verification and cancellation: DO-15 to DO-32.

use crate::row::{Row, row};

pub(super) const ROWS: &[Row] = &[
    row(15, "Four pairs open an order: code and PESEL, number and code, number and PESEL, number and date of birth where there is no PESEL.")
        .legal("NFZ notice on orders")
        .held(
            &["device_order::access::Pair"],
            &[
                "each_of_the_four_pairs_opens_an_order_and_no_other_does",
                "a_date_of_birth_opens_only_where_there_is_no_pesel",
                "api::device_orders::look_ups::each_of_the_four_pairs_opens_an_order",
                "other_pairs_open_nothing",
            ],
        ),
    row(16, "A one-off order can be taken up, and its goods issued, for twelve months from its issue.")
        .legal("refund act art. 38; NFZ notice on orders")
        .held(
            &["device_order::verification::last_day", "device_order::elapse::lose"],
            &[
                "a_one_off_order_lasts_twelve_months",
                "a_one_off_order_expires_after_its_last_day",
                "a_supply_of_the_last_day_is_confirmed_after_the_year_and_none_is_issued_then",
            ],
        ),
    row(17, "Only a patient with a PESEL has a code of four digits, unlike those of their other open orders; without one the information print is obligatory.")
        .legal("NFZ notice on orders")
        .held(
            &["device_order::access::free_code", "device_order::access::print_is_obligatory"],
            &[
                "a_code_is_unlike_those_of_the_patients_other_open_orders",
                "a_code_tells_the_open_orders_of_a_patient_apart_and_is_free_again_once_they_are_over",
                "a_second_order_for_the_same_months_is_negative_and_codes_differ",
                "without_a_pesel_there_is_no_code_and_the_print_is_obligatory",
                "open_orders_of_a_patient_have_unlike_codes_and_the_last_one_none",
                "orders_that_are_verified_at_once_have_unlike_codes",
                "the_information_sheet_is_for_whoever_sees_the_access_data",
                "without_a_pesel_the_sheet_names_number_and_date_of_birth",
            ],
        ),
    row(18, "Number and code are sent only with the patient's consent and contact; orders and their stage are seen in the patient's account.")
        .legal("NFZ notice on orders")
        .held(
            &["device_order::access_data::device_order_access_data"],
            &[
                "number_and_code_are_for_the_issuer_and_the_patient",
                "nothing_may_be_sent_without_a_consent_and_its_contact",
                "the_list_tells_what_is_left_of_each_month_who_has_it_and_what_opens_it",
            ],
        )
        .open("Nothing is sent yet; access data tell by what they may be sent."),
    row(19, "Ten thousand codes are soon tried: look-ups are slowed down, and what is unknown is answered like what does not match.")
        .legal("design")
        .held(
            &["device_order::throttle::one_more", "device_order::throttle::begin_guess"],
            &[
                "tries_that_fail_make_the_next_one_wait_and_numbers_never_do",
                "unknown_wrong_and_not_to_be_taken_up_are_one_answer_in_one_time",
                "many_at_once_are_all_counted",
                "many_at_once_are_counted_whoever_the_patients_are",
                "a_try_whose_client_hangs_up_is_counted_and_on_record",
                "a_right_try_is_as_if_it_had_not_been",
                "who_tries_one_code_after_the_other_is_slowed_to_an_hour_and_the_patient_sees_each_try",
                "half_of_all_codes_take_more_than_half_a_year_to_try",
                "pauses_bring_a_caller_no_more_than_the_same_time_without_them",
                "a_shop_whose_patients_mistype_all_day_long_never_waits",
            ],
        ),
    row(20, "With the number the payer's look begins by itself; whoever asks for its outcome does not ask without a pause.")
        .legal("eZWM v2.1.6 p. 12")
        .held(
            &["device_order::issue::begin_verification", "device_order::verify::finish_verification"],
            &[
                "an_order_is_signed_verified_and_opened_at_once",
                "device_orders::verification::what_nobody_finished_a_worker_does",
                "two_workers_finish_an_order_once",
                "an_order_that_itself_cannot_be_read_comes_back_ever_more_seldom_and_keeps_nobody_waiting",
            ],
        )
        .open("The usual answer is the outcome, so that nobody polls; who does is bound by the bucket of reads and not to five seconds."),
    row(21, "Looked at are the right to benefits, entitlements, quantity, money, period of use, and whether the patient has another order for the same.")
        .held(
            &[
                "device_order::verification::look",
                "device_order::verification::rules::is_same_supply",
                "device_order::quantity::Measure",
                "verification::use_period::standing",
            ],
            &[
                "a_negative_result_carries_every_fault",
                "a_quantity_beyond_the_list_needs_an_entitlement",
                "a_device_in_use_is_not_borne_anew",
                "what_is_in_use_is_not_borne_again_before_its_time",
                "a_second_order_for_the_same_months_is_found",
                "a_largest_quantity_that_nobody_knows_is_for_an_officer_to_judge",
                "what_shares_a_limit_is_in_use_for_it",
                "what_was_issued_on_a_shared_limit_counts",
                "a_confirmed_order_runs_on_in_the_old_terms_where_its_code_has_left_the_list",
                "of_two_at_once_for_the_same_months_one_is_positive",
                "an_outdated_pesel_a_wrong_entitlement_and_too_much_are_all_told",
            ],
        )
        .open("Groups that exclude each other, as a first stoma supply and the usual one of the same month, are named in the list in words alone: an officer sees them, the look does not."),
    row(22, "What is sent twice is processed once, and both get one answer.")
        .legal("eZWM v2.1.6 pp. 11, 17")
        .held(
            &["app::src::idempotent::claim"],
            &["device_orders::submission::the_same_submission_gets_the_final_answer_again", "the_same_request_gets_the_same_draft"],
        ),
    row(23, "Without an answer the same request is sent again; another one could make a second order, which then fails.")
        .legal("eZWM v2.1.6 p. 11")
        .held(
            &["app::src::operations::find_operation"],
            &["a_write_is_found_by_its_key_and_by_whoever_sent_it", "a_second_order_for_the_same_months_is_found"],
        ),
    row(24, "A number belongs to one document, whatever is sent of another one.")
        .legal("eZWM v2.1.6 p. 12")
        .held(
            &["device_order::issue::register"],
            &["a_correction_keeps_the_number_and_raises_the_version", "a_negative_order_is_corrected_and_keeps_its_number"],
        ),
    row(25, "What has no shape is refused as such, and what has one and is wrong with every fault and its place.")
        .legal("eZWM v2.1.6 pp. 13, 17")
        .held(
            &["device_order::form::check"],
            &[
                "a_draft_may_be_incomplete_but_never_illegal",
                "device_orders::refusals::the_form_refuses_by_name_and_place",
                "a_dry_run_tells_every_problem_with_its_rule",
            ],
        ),
    row(26, "Only what has no number yet or was found negative is corrected.")
        .legal("eZWM v2.1.6 p. 40")
        .held(
            &["device_order::issue::correct", "device_order::issue::edit"],
            &["only_a_draft_is_edited_and_only_a_negative_order_corrected", "only_a_negative_order_is_corrected"],
        ),
    row(27, "A negative order has its number and cannot be realised; it is corrected, or a branch of the payer takes it for a positive one.")
        .legal("eZWM v2.1.6 p. 12; NFZ notice on orders")
        .held(
            &["device_order::verification::accept"],
            &[
                "an_officer_accepts_with_a_reason_that_everybody_sees",
                "what_another_order_has_taken_since_is_not_accepted_too",
            ],
        ),
    row(28, "Where the payer does not confirm the right to benefits, a statement or a valid document stands in; without one the look is negative.")
        .held(
            &["verification::rules::right_proof_is_valid", "verification::rules::statement_is_of_the_day"],
            &[
                "where_the_payer_does_not_confirm_a_statement_stands_in",
                "who_is_not_insured_needs_a_statement_or_a_document",
                "device_orders::verification::a_payer_that_is_away_keeps_nobody_waiting_and_the_result_says_so",
                "what_the_payer_finds_at_the_counter_frees_the_months_again",
            ],
        ),
    row(29, "The right to benefits is confirmed twice, with the issue and with the take-up.")
        .legal("eZWM v2.1.6 p. 49")
        .held(
            &["device_order::look_again::finish_take_up"],
            &["the_right_is_proved_anew_at_the_counter", "what_the_payer_finds_at_the_counter_frees_the_months_again"],
        ),
    row(30, "What was done on paper in an outage is entered later with its own dates.")
        .legal("eZWM v2.1.6 pp. 15, 92")
        .held(
            &["device_order::paper::entry::enter", "device_order::verification::judged_on"],
            &["it_is_judged_by_its_own_day_and_elapsed_months_are_lost"],
        )
        .open("A realisation that was done on paper has no operation of its own."),
    row(31, "An order is cancelled with a reason by whoever issued it, or by a branch at the patient's request, while nothing of it is held.")
        .held(
            &["device_order::cancellation::cancel"],
            &[
                "an_order_is_cancelled_as_a_whole_while_all_is_free",
                "what_a_provider_holds_is_not_cancelled",
                "an_order_is_cancelled_while_nothing_of_it_is_taken_up",
                "an_officer_cancels_at_the_patient_s_request",
            ],
        ),
    row(32, "Of a monthly order of which something was issued, the months after the last realised one are cancelled, to the end.")
        .held(
            &["device_order::cancellation::cancel_tail"],
            &[
                "once_goods_were_issued_the_tail_is_cancelled_and_the_order_is_realised",
                "months_that_are_left_are_cancelled_after_an_issue",
                "nothing_is_left_to_cancel_before_the_last_month_that_was_issued",
            ],
        ),
];
