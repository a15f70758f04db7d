//! Issue of an order: DO-1 to DO-14.

use crate::row::{Row, row};

pub(super) const ROWS: &[Row] = &[
    row(1, "Five professions order devices, each under its licence number, and only those whom the list names for the device.")
        .held(
            &["verification::rules::issuer_is_listed", "device_order::issue::prescriber_differs"],
            &[
                "only_whom_the_list_names_may_order",
                "every_profession_has_the_payer_s_code",
                "the_issuer_is_whom_the_content_names",
                "place_prescriber_and_patient_are_named",
            ],
        )
        .open("Of groups whose issuers are not known here nobody is judged (ADR 36)."),
    row(2, "A physician in training counts as the specialist whom the head of training admits to independent work.")
        .legal("list of devices §2")
        .held(
            &["verification::rules::is_listed", "device_group::specialty::satisfies"],
            &[
                "only_whom_the_list_names_may_order",
                "a_specialty_is_known_by_holder_and_discipline",
                "the_names_and_the_specialties_are_those_of_the_directory",
            ],
        )
        .open("The directory says what the head of training has admitted; no register is asked about the statement."),
    row(3, "Nurses and midwives begin and continue what the nurses' act lets them, diabetes devices for six months at most.")
        .held(
            &["form::supply::RULES"],
            &["nurses_continue_diabetes_devices_for_half_a_year"],
        )
        .open("The six months are those of the order; the day of the physician's entry in the records is not part of it."),
    row(4, "A continuation has a list of issuers of its own; a full one is otherwise judged like a primary order.")
        .legal("eZWM v2.1.6 p. 12")
        .held(
            &["verification::rules::issuer_is_listed"],
            &["who_may_continue_is_another_list_and_where_it_is_unknown_nobody_is_judged"],
        ),
    row(5, "The short form names its primary order, which has to be a positive one; what it is refused for is corrected as a full form under the same number.")
        .held(
            &["form::supply::is_short", "verification::rules::primary_order_is_known"],
            &[
                "the_short_form_continues_a_primary_order",
                "a_short_continuation_needs_its_primary_order",
                "a_correction_keeps_the_number_and_raises_the_version",
            ],
        ),
    row(6, "An order is signed with a qualified or a trusted signature, or with the certificate of the social insurance.")
        .held(
            &["device_order::issue::RULES"],
            &[
                "a_personal_signature_does_not_do",
                "device_orders::submission::a_personal_signature_is_refused",
                "an_order_is_issued_when_its_signature_is_confirmed_as_of_its_receipt",
            ],
        ),
    row(7, "The prescriber signs, or somebody whom the prescriber has authorised; both are stored.")
        .legal("order-form regulation §2 pt. 7a")
        .held(
            &["device_order::model::Signatory", "device_order::access::orders_here"],
            &[
                "device_orders::submission::an_authorised_assistant_signs_and_both_are_kept",
                "an_assistant_drafts_for_who_has_authorised_them",
                "an_assistant_orders_for_nobody_who_does_not_work_here",
                "an_assistant_orders_from_the_first_day_of_the_authorisation_to_its_last",
            ],
        ),
    row(8, "Paper stands in only while the service cannot be reached or nobody can sign, and a branch of the payer confirms it.")
        .held(
            &["device_order::issue::RULES", "device_order::paper::entry::enter"],
            &[
                "branches_are_numbered_from_one_to_seventeen",
                "an_order_on_paper_gets_a_number_by_hand_and_no_code",
                "the_reason_names_an_outage_that_lasted",
                "an_officer_of_no_branch_confirms_nothing",
            ],
        ),
    row(9, "A monthly order has twelve consecutive months at most, on paper six; a one-off one a number of pieces.")
        .held(
            &["form::supply::RULES"],
            &[
                "months_are_at_most_twelve_and_on_paper_six",
                "six_months_at_most_and_every_fault_at_once",
                "a_one_off_order_is_for_a_number_of_pieces",
            ],
        ),
    row(10, "The first month is not before the month of issue.")
        .held(&["form::supply::RULES"], &["the_first_month_has_not_passed"]),
    row(11, "An order names at least one criterion of award.")
        .held(&["form::device::RULES"], &["a_full_form_names_a_criterion"])
        .open("The payer's dictionary of criteria is not public: their codes are kept as they are written."),
    row(12, "What is ordered stands in the list, with its side, stoma or lenses where it has them and without where it has none.")
        .held(
            &["form::device::RULES", "form::device::lenses_are_few_and_different", "form::supply::supply_is_that_of_the_group"],
            &[
                "the_code_stands_in_the_list_of_the_day",
                "sides_are_told_where_the_group_has_them",
                "a_stoma_is_of_the_kind_that_the_code_has",
                "lenses_are_few_different_and_have_power",
                "a_named_tier_exists",
                "a_supply_is_of_the_kind_that_the_list_has",
                "the_form_refuses_by_name_and_place",
            ],
        )
        .open("Of which groups are sided the catalogue knows nothing until an officer enters it."),
    row(13, "Of a patient without a PESEL date of birth and sex are told, and something proves the right to benefits.")
        .held(
            &["form::people::birth_date_and_sex", "form::people::patient"],
            &[
                "without_a_pesel_birth_sex_and_proof_are_needed",
                "a_date_of_birth_is_one_of_a_living_person",
                "without_a_pesel_there_is_no_code_and_the_print_is_obligatory",
            ],
        ),
    row(14, "An additional entitlement carries its document, with number and validity where it has them.")
        .held(
            &["form::people::entitlement_document", "form::people::documents_are_not_of_the_future"],
            &[
                "an_entitlement_carries_its_document",
                "an_entitlement_fits_the_age_and_its_document_is_valid",
                "documents_are_of_the_past",
                "what_a_counter_says_is_as_complete_as_an_order",
                "what_the_counter_says_is_complete",
            ],
        ),
];
