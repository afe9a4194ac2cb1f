//! Who sells.

use mizzle::prelude::*;
use mizzle_tests::{Result, needs};

use super::database::{chinook, same};
use crate::chinook_model::*;

alias!(Manager = Employee);
alias!(Director = Employee);

#[tokio::test]
async fn managers_with_their_reports() -> Result {
    let db = chinook().await?;
    let rows = Employee::query()
        .left_join::<Manager>()
        .on(Manager.id.eq(Employee::reports_to))
        .left_join::<Director>()
        .on(Director.id.eq(Manager.reports_to))
        .select((Employee::last_name, Manager.last_name, Director.last_name))
        .order_by((
            Director.last_name.asc().nulls_first(),
            Manager.last_name.asc().nulls_first(),
            Employee::last_name.asc(),
        ))
        .fetch_all(&db)
        .await?;
    assert_eq!(rows[0], ("Adams".to_owned(), None, None));
    let plain = "
        SELECT e.LastName, m.LastName, d.LastName
        FROM Employee e
        LEFT JOIN Employee m ON m.EmployeeId = e.ReportsTo LEFT JOIN Employee d ON d.EmployeeId = m.ReportsTo
        ORDER BY d.LastName IS NOT NULL, 3, m.LastName IS NOT NULL, 2, 1";
    same(&db, rows, plain).await
}

#[tokio::test]
async fn how_many_report_to_whom() -> Result {
    let db = chinook().await?;
    let rows = Manager::query()
        .inner_join::<Employee>()
        .on(Employee::reports_to.eq(Manager.id))
        .group_by(Manager::key())
        .select((Manager::all(), Employee::id.count(), Employee::hire_date.min()))
        .order_by((Employee::id.count().desc(), Manager.id.asc()))
        .fetch_all(&db)
        .await?;
    let rows =
        rows.into_iter().map(|(manager, reports, first)| (manager.last_name, manager.title, reports, first)).collect();
    let plain = "
        SELECT m.LastName, m.Title, count(e.EmployeeId), min(e.HireDate)
        FROM Employee m JOIN Employee e ON e.ReportsTo = m.EmployeeId GROUP BY m.EmployeeId ORDER BY 3 DESC, m.EmployeeId";
    same(&db, rows, plain).await
}

#[tokio::test]
async fn employees_and_the_revenue_of_their_customers() -> Result {
    let db = chinook().await?;
    let revenue = Invoice::total.sum().coalesce(0.0).round(2);
    let rows = Employee::query()
        .left_join::<Customer>()
        .on(Employee::customers())
        .left_join::<Invoice>()
        .on(Invoice::customer_id.eq(Customer::id))
        .group_by((Employee::id, Employee::last_name))
        .select((Employee::last_name, Customer::id.count_distinct(), revenue))
        .order_by((revenue.desc(), Employee::last_name.asc()))
        .fetch_all(&db)
        .await?;
    assert_eq!(rows.len(), 8);
    assert_eq!(rows[7], ("Mitchell".to_owned(), 0, 0.0));
    let plain = "
        SELECT e.LastName, count(DISTINCT c.CustomerId), round(coalesce(sum(i.Total), 0.0), 2)
        FROM Employee e LEFT JOIN Customer c ON c.SupportRepId = e.EmployeeId LEFT JOIN Invoice i USING (CustomerId)
        GROUP BY e.EmployeeId, e.LastName ORDER BY 3 DESC, 1";
    same(&db, rows, plain).await
}

#[needs(FullJoin)]
#[tokio::test]
async fn everyone_in_a_city_on_both_sides() -> Result {
    let db = chinook().await?;
    let everyone = Employee::query()
        .full_join::<Customer>()
        .on(Customer::city.eq(Employee::city))
        .filter(Employee::country.eq("Canada").or(Customer::country.eq("Canada")));
    let whole: Vec<(Option<Employee>, Option<Customer>)> = everyone.clone().fetch_all(&db).await?;
    let rows = everyone
        .select((Employee::last_name, Customer::last_name, Employee::city.coalesce(Customer::city)))
        .order_by((Employee::city.coalesce(Customer::city), Employee::id, Customer::id))
        .fetch_all(&db)
        .await?;
    assert!(rows.iter().any(|row| row.0.is_none()) && rows.iter().any(|row| row.1.is_none()));
    assert_eq!(whole.len(), rows.len());
    assert_eq!(
        whole.iter().filter(|(employee, _)| employee.is_none()).count(),
        rows.iter().filter(|row| row.0.is_none()).count()
    );
    let plain = "
        SELECT e.LastName, c.LastName, coalesce(e.City, c.City)
        FROM Employee e FULL JOIN Customer c ON c.City = e.City WHERE e.Country = 'Canada' OR c.Country = 'Canada'
        ORDER BY 3, e.EmployeeId, c.CustomerId";
    same(&db, rows, plain).await
}

#[tokio::test]
async fn employees_without_customers_by_a_right_join() -> Result {
    let db = chinook().await?;
    let rows: Vec<(Option<Customer>, Employee)> = Customer::query()
        .right_join::<Employee>()
        .on(Customer::support_rep())
        .filter(Customer::id.is_null())
        .order_by(Employee::id)
        .fetch_all(&db)
        .await?;
    assert!(rows.iter().all(|(customer, _)| customer.is_none()));
    let rows = rows.into_iter().map(|(_, employee)| (employee.id, employee.last_name, employee.birth_date)).collect();
    let plain = "
        SELECT EmployeeId, LastName, BirthDate FROM Employee
        WHERE EmployeeId NOT IN (SELECT SupportRepId FROM Customer WHERE SupportRepId IS NOT NULL) ORDER BY 1";
    same(&db, rows, plain).await
}
